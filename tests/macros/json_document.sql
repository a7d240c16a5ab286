{{ failing_cases([
    ("an object", json_document("'{\"a\": 1.50}'"), "'{\"a\": 1.50}'"),
    ("a list", json_document("' [1]'"), "' [1]'"),
    ("no JSON", json_document("'{cut'"), "'\"{cut\"'"),
    ("a text", json_document("'say \"no\"'"), "'\"say \\\"no\\\"\"'"),
    ("a text that could be a number", json_document("'1'"), "'\"1\"'"),
    ("half a character", json_document("'{\"a\":\"x\\ud800\"}'"), "'{\"a\":\"x\"}'"),
    ("a whole character", json_document("'{\"a\":\"\\ud83d\\ude00\"}'"), "'{\"a\":\"\\ud83d\\ude00\"}'"),
    ("null", json_document("cast(null as varchar)"), "null"),
]) }}
