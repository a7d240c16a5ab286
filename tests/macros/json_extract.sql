{%- set doc -%}
'{"a":{"b":[{"c":"x"},null,1.5]},"text":"say \"hi\"","none":null,"AWS:C.D":{"Patch":true},"":0}'
{%- endset -%}
{{ failing_cases([
    ("object", json_extract("doc", "$.a"), "'{\"b\":[{\"c\":\"x\"},null,1.5]}'"),
    ("string in quotes", json_extract("doc", "$.text"), "'\"say \\\"hi\\\"\"'"),
    ("place in an array", json_extract("doc", "$.a.b[2]"), "'1.5'"),
    ("json null is the word", json_extract("doc", "$.none"), "'null'"),
    ("json null in an array", json_extract("doc", "$.a.b[1]"), "'null'"),
    ("absent", json_extract("doc", "$.a.x"), "null"),
    ("beyond the array", json_extract("doc", "$.a.b[9]"), "null"),
    ("through a scalar", json_extract("doc", "$.text.x"), "null"),
    ("quoted step", json_extract("doc", '$["AWS:C.D"].Patch'), "'true'"),
    ("empty step", json_extract("doc", '$[""]'), "'0'"),
    ("all of it", json_extract("'[1, 2]'", "$"), "'[1,2]'"),
    ("all of a scalar", json_extract("'12'", "$"), "'12'"),
    ("plain text", json_extract("'AWS Internal'", "$.a"), "null"),
    ("all of a plain text", json_extract("'AWS Internal'", "$"), "null"),
    ("null", json_extract("cast(null as varchar)", "$.a"), "null"),
], {"doc": doc}) }}
