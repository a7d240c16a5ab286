{%- if execute -%}
    {%- set nothing = "cast(null as varchar)" -%}
    {%- set all_null = {"_as_sent": nothing, "_unknown_fields": nothing} -%}
    {%- for name in _landed_fields("landing", "cloudtrail_events") -%}
        {%- do all_null.update({name: nothing}) -%}
    {%- endfor -%}
    {%- set cases = [] -%}
    {%- for name, landed, expected in [
        ("nothing", {}, "'{}'"),
        ("a string", {"event_name": "'PutObject'"}, "'{\"eventName\":\"PutObject\"}'"),
        ("a string to escape", {"event_name": "'a\"b\\'"}, "'{\"eventName\":\"a\\\"b\\\\\"}'"),
        ("an empty string", {"error_code": "''"}, "'{\"errorCode\":\"\"}'"),
        ("a boolean", {"read_only": "'true'"}, "'{\"readOnly\":true}'"),
        ("nested json", {"request_parameters": "'{\"a\":1.50,\"a\":null}'"},
            "'{\"requestParameters\":{\"a\":1.50,\"a\":null}}'"),
        ("in AWS's order", {"event_id": "'e'", "event_version": "'1.11'", "resources": "'[]'"},
            "'{\"eventVersion\":\"1.11\",\"eventID\":\"e\",\"resources\":[]}'"),
        ("unknown fields", {"_unknown_fields": "'{\"x\":{\"y\":1},\"z\":null}'"},
            "'{\"x\":{\"y\":1},\"z\":null}'"),
        ("known and unknown fields", {"event_name": "'A'", "_unknown_fields": "'{\"x\":1}'"},
            "'{\"eventName\":\"A\",\"x\":1}'"),
        ("no unknown field", {"event_name": "'A'", "_unknown_fields": "'{}'"},
            "'{\"eventName\":\"A\"}'"),
        ("explicit null", {"_as_sent": "'{\"errorCode\":\"null\"}'", "event_name": "'A'"},
            "'{\"eventName\":\"A\",\"errorCode\":null}'"),
        ("boolean sent as a string",
            {"_as_sent": "'{\"readOnly\":\"string\"}'", "read_only": "'true'"},
            "'{\"readOnly\":\"true\"}'"),
        ("number in place of a string",
            {"_as_sent": "'{\"apiVersion\":\"number\"}'", "api_version": "'1.50'"},
            "'{\"apiVersion\":1.50}'"),
        ("boolean in place of a string",
            {"_as_sent": "'{\"annotation\":\"boolean\"}'", "annotation": "'true'"},
            "'{\"annotation\":true}'"),
        ("object in place of a string",
            {"_as_sent": "'{\"errorCode\":\"json\"}'", "error_code": "'{\"a\":[]}'"},
            "'{\"errorCode\":{\"a\":[]}}'"),
        ("string in place of an object",
            {"_as_sent": "'{\"resources\":\"string\"}'", "resources": "'a \"b\"'"},
            "'{\"resources\":\"a \\\"b\\\"\"}'"),
        ("number in place of an object",
            {"_as_sent": "'{\"resources\":\"number\"}'", "resources": "'0'"},
            "'{\"resources\":0}'"),
        ("lone surrogate",
            {"_as_sent": "'{\"userAgent\":\"literal\"}'", "user_agent": "'\"\\ud800\"'"},
            "'{\"userAgent\":\"\\ud800\"}'"),
        ("several tags, and fields without",
            {"_as_sent": "'{\"errorCode\":\"null\",\"readOnly\":\"string\"}'",
                "read_only": "'false'", "resources": "'[1]'", "event_name": "'A'"},
            "'{\"eventName\":\"A\",\"errorCode\":null,\"readOnly\":\"false\",\"resources\":[1]}'"),
    ] -%}
        {%- set columns = dict(all_null, **landed) -%}
        {%- set record = landed_record("landing", "cloudtrail_events", columns) -%}
        {%- do cases.append((name, record, expected)) -%}
    {%- endfor -%}
    {{ failing_cases(cases) }}
{%- endif -%}
