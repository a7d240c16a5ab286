{{ failing_cases([
    ("three", json_array_length("'[1,[2,3],null]'"), "3"),
    ("empty", json_array_length("'[]'"), "0"),
    ("object", json_array_length("'{\"a\":1}'"), "null"),
    ("scalar", json_array_length("'1'"), "null"),
    ("plain text", json_array_length("'x'"), "null"),
    ("cut off", json_array_length("'[1,'"), "null"),
    ("null", json_array_length("cast(null as varchar)"), "null"),
]) }}
