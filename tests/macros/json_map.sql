{%- set maps = [
    ("scalars bare", "'{\"a\":\"x\",\"b\":12,\"c\":true}'", "'{a=x, b=12, c=true}'"),
    ("empty object", "'{}'", "'{}'"),
    ("json null is a null value", "'{\"a\":null,\"b\":\"null\"}'", "'{a=NULL, b=''null''}'"),
    ("white space around", "' { \"a\" : 1 } '", "'{a=1}'"),
    ("last of equal keys", "'{\"a\":1,\"b\":2,\"a\":3}'", "'{a=3, b=2}'"),
    ("last of equal keys, others behind", "'{\"a\":1,\"a\":3,\"b\":2}'", "'{a=3, b=2}'"),
    ("last of three equal keys", "'{\"b\":0,\"a\":1,\"a\":2,\"a\":3}'", "'{a=3, b=0}'"),
    ("last of equal keys is null", "'{\"a\":1,\"a\":null}'", "'{a=NULL}'"),
    ("keys that differ by case", "'{\"tag\":1,\"Tag\":2}'", "'{tag=1, Tag=2}'"),
    ("array is null", "'[1]'", "null"),
    ("text is null", "'\"x\"'", "null"),
    ("number is null", "'12'", "null"),
    ("json null is null", "'null'", "null"),
    ("plain text is null", "'AWS Internal'", "null"),
    ("cut off json is null", "'{\"a\":'", "null"),
    ("empty text is null", "''", "null"),
    ("null is null", "cast(null as varchar)", "null"),
] -%}
{%- set members = [
    ("nested is compact json", "'{\"a\": {\"b\": [1, null]}}'", "a", "'{\"b\":[1,null]}'"),
    ("nested equal keys stay", "'{\"a\":{\"b\":1,\"b\":2}}'", "a", "'{\"b\":1,\"b\":2}'"),
    ("empty key", "'{\"\":\"x\"}'", "", "'x'"),
    ("quotes in key and value", "'{\"a\\\"b\":\"c\\\"d\"}'", 'a"b', "'c\"d'"),
    ("accents and escapes", "'{\"\\u00e9\":\"\\u00e9é\\/\"}'", "é", "'éé/'"),
    ("huge integer", "'{\"a\":12345678901234567890123456789}'", "a",
        "'12345678901234567890123456789'"),
    ("state id", "'{\"a\":1456156556288}'", "a", "'1456156556288'"),
    ("fraction", "'{\"a\":0.5}'", "a", "'0.5'"),
    ("zero that does not count", "'{\"a\":1.50}'", "a", "'1.5'"),
    ("beyond a double", "'{\"a\":1e400}'", "a", "'1e400'"),
    ("escaped zero", "'{\"a\":\"x\\u0000y\"}'", "a", "'x' || chr(0) || 'y'"),
    ("surrogate pair", "'{\"a\":\"\\ud83d\\ude00\"}'", "a", "chr(128512)"),
    ("lone surrogate", "'{\"a\":\"x\\udc00\",\"b\":1}'", "a", "'x'"),
    ("beside a lone surrogate", "'{\"a\":\"x\\uD800\",\"b\":1}'", "b", "'1'"),
] -%}
{%- set cases = [] -%}
{%- for name, json_text, expected in maps -%}
    {%- do cases.append((name, "cast(" ~ json_map(json_text) ~ " as varchar)", expected)) -%}
{%- endfor -%}
{%- for name, json_text, key, expected in members -%}
    {%- do cases.append((name, element_at(json_map(json_text), key, form="map"), expected)) -%}
{%- endfor -%}
{{ failing_cases(cases) }}
