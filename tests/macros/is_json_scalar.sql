{{ failing_cases([
    ("string", is_json_scalar("'\"x\"'"), "true"),
    ("number", is_json_scalar("'1'"), "true"),
    ("json null", is_json_scalar("'null'"), "true"),
    ("object", is_json_scalar("'{}'"), "false"),
    ("array", is_json_scalar("'[]'"), "false"),
    ("plain text", is_json_scalar("'x'"), "null"),
    ("empty text", is_json_scalar("''"), "null"),
    ("null", is_json_scalar("cast(null as varchar)"), "null"),
]) }}
