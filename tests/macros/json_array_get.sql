{%- set doc = "'[\"x\",{\"a\": [1]},null,true,[],1.5]'" -%}
{{ failing_cases([
    ("counts from zero, string bare", json_array_get("doc", 0), "'x'"),
    ("object", json_array_get("doc", 1), "'{\"a\":[1]}'"),
    ("json null", json_array_get("doc", 2), "null"),
    ("boolean", json_array_get("doc", 3), "'true'"),
    ("array", json_array_get("doc", 4), "'[]'"),
    ("the last", json_array_get("doc", -1), "'1.5'"),
    ("the first from the end", json_array_get("doc", -6), "'x'"),
    ("beyond the end", json_array_get("doc", 6), "null"),
    ("before the beginning", json_array_get("doc", -7), "null"),
    ("object is no array", json_array_get("'{\"0\":1}'", 0), "null"),
    ("plain text", json_array_get("'x'", 0), "null"),
    ("null", json_array_get("cast(null as varchar)", 0), "null"),
], {"doc": doc}) }}
