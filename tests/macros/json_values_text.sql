{#- In Trino a text that is no JSON answers nulls, in DuckDB no array: an element of both is null. -#}
{%- set paths = [['a'], ['b', 'c'], ['none'], ['list', 1], ['b']] -%}
{{ failing_cases([
    ("a scalar comes bare", element_at(json_values_text("doc", paths), 1), "'1'"),
    ("under a key of a key", element_at(json_values_text("doc", paths), 2), "'deep'"),
    ("absent", element_at(json_values_text("doc", paths), 3), "null"),
    ("a place in an array", element_at(json_values_text("doc", paths), 4), "'y'"),
    ("nested values stay json", element_at(json_values_text("doc", paths), 5), "'{\"c\":\"deep\"}'"),
    ("no json", element_at(json_values_text("words", paths), 1), "null"),
    ("null", element_at(json_values_text("nothing", paths), 1), "null"),
    ("json null", element_at(json_values_text("empty", paths), 1), "null"),
    ("half a character", element_at(json_values_text("cut", paths), 1), "'x'"),
], {
    "doc": "'{\"a\":1,\"b\":{\"c\":\"deep\"},\"list\":[\"x\",\"y\"]}'",
    "words": "'AWS Internal'",
    "nothing": "cast(null as " ~ dbt.type_string() ~ ")",
    "empty": "'{\"a\":null}'",
    "cut": "'{\"a\":\"x\\ud83d\"}'",
}) }}
