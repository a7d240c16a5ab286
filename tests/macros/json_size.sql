{%- set doc -%}
'{"a":[1,[2]],"b":{"c":1,"d":2,"e":3},"f":"text","g":null,"h":{}}'
{%- endset -%}
{{ failing_cases([
    ("array", json_size("doc", "$.a"), "2"),
    ("object", json_size("doc", "$.b"), "3"),
    ("empty object", json_size("doc", "$.h"), "0"),
    ("scalar", json_size("doc", "$.f"), "0"),
    ("json null", json_size("doc", "$.g"), "0"),
    ("root", json_size("doc", "$"), "5"),
    ("absent", json_size("doc", "$.x"), "null"),
    ("plain text", json_size("'x'", "$.a"), "null"),
    ("null", json_size("cast(null as varchar)", "$.a"), "null"),
], {"doc": doc}) }}
