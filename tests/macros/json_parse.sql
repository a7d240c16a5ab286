{{ failing_cases([
    ("object", json_format(json_parse("'{\"a\":1}'")), "'{\"a\":1}'"),
    ("scalar", json_format(json_parse("'12'")), "'12'"),
    ("string", json_format(json_parse("'\"x\"'")), "'\"x\"'"),
    ("json null is no null", json_format(json_parse("'null'")), "'null'"),
    ("lone surrogate", json_format(json_parse("'[\"\\ud800\"]'")), "'[\"\"]'"),
    ("plain text", json_format(json_parse("'AWS Internal'")), "null"),
    ("cut off", json_format(json_parse("'{\"a\":'")), "null"),
    ("empty", json_format(json_parse("''")), "null"),
    ("null", json_format(json_parse("cast(null as varchar)")), "null"),
]) }}
