{%- set doc = "'{\"a\":{\"b\":[\"x\",{\"c\":null,\"d\":\"null\"}]},\"0\":\"zero\",\"\":1}'" -%}
{{ failing_cases([
    ("key and place", json_value_text("doc", ["a", "b", 0]), "'x'"),
    ("nested", json_value_text("doc", ["a", "b", 1]), "'{\"c\":null,\"d\":\"null\"}'"),
    ("json null", json_value_text("doc", ["a", "b", 1, "c"]), "null"),
    ("the word null", json_value_text("doc", ["a", "b", 1, "d"]), "'null'"),
    ("number as key", json_value_text("doc", ["0"]), "'zero'"),
    ("empty key", json_value_text("doc", [""]), "'1'"),
    ("absent on the way", json_value_text("doc", ["x", "b", 0]), "null"),
    ("through a scalar", json_value_text("doc", ["0", "b"]), "null"),
    ("beyond the array", json_value_text("doc", ["a", "b", 2]), "null"),
    ("no step, scalar", json_value_text("'\"x\"'", []), "'x'"),
    ("no step, nested", json_value_text("'[1, 2]'", []), "'[1,2]'"),
    ("no step, json null", json_value_text("'null'", []), "null"),
    ("no step, plain text", json_value_text("'x'", []), "null"),
    ("null", json_value_text("cast(null as varchar)", ["a"]), "null"),
], {"doc": doc}) }}
