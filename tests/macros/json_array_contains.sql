{%- set doc = "'[1,2.5,\"3\",true,null,[4],{\"a\":5},\"it''s \\\"é\\\"\",\"\\u0041\"]'" -%}
{{ failing_cases([
    ("integer", json_array_contains("doc", 1), "true"),
    ("fraction", json_array_contains("doc", 2.5), "true"),
    ("string", json_array_contains("doc", "3"), "true"),
    ("boolean", json_array_contains("doc", true), "true"),
    ("other boolean", json_array_contains("doc", false), "false"),
    ("text is no number", json_array_contains("doc", 3), "false"),
    ("number is no text", json_array_contains("doc", "1"), "false"),
    ("quotes and accents", json_array_contains("doc", "it's \"é\""), "true"),
    ("escaped letter", json_array_contains("doc", "A"), "true"),
    ("not in a nested array", json_array_contains("doc", 4), "false"),
    ("not in a nested object", json_array_contains("doc", 5), "false"),
    ("the word null is no null", json_array_contains("doc", "null"), "false"),
    ("empty array", json_array_contains("'[]'", 1), "false"),
    ("object", json_array_contains("'{\"a\":1}'", 1), "null"),
    ("plain text", json_array_contains("'x'", "x"), "null"),
    ("null", json_array_contains("cast(null as varchar)", 1), "null"),
], {"doc": doc}) }}
