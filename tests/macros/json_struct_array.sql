{%- set fields = {"arn": ["ARN", "arn"], "kind": ["type"]} -%}
{{ failing_cases([
    ("the first key present", json_struct_array("doc", fields) ~ "[1].arn", "'upper'"),
    ("else the next", json_struct_array("doc", fields) ~ "[2].arn", "'lower'"),
    ("an absent key is null", json_struct_array("doc", fields) ~ "[2].kind", "null"),
    ("no more than there are", json_struct_array("doc", fields) ~ "[3].arn", "null"),
    ("an empty array is not null", json_struct_array("'[]'", fields) ~ " is null", "false"),
    ("an object is no array", json_struct_array("'{\"a\":1}'", fields), "null"),
    ("no JSON", json_struct_array("'[{'", fields), "null"),
    ("null", json_struct_array("cast(null as varchar)", fields), "null"),
    ("a lone surrogate beside", json_struct_array("'[{\"ARN\":\"x\",\"t\":\"\\ud800\"}]'", fields) ~ "[1].arn", "'x'"),
], columns={"doc": "'[{\"ARN\":\"upper\",\"arn\":\"lower\",\"type\":\"T\"},{\"arn\":\"lower\"}]'"}) }}
