{{ failing_cases([
    ("object", json_format("json '{\"a\":1}'"), "'{\"a\":1}'"),
    ("string keeps its quotes", json_format("json '\"x\"'"), "'\"x\"'"),
    ("null", json_format("cast(null as json)"), "null"),
]) }}
