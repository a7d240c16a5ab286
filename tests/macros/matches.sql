{{ failing_cases([
    ("whole text", matches("'abc'", "a[a-z]c"), "true"),
    ("part of a text", matches("'abcd'", "a[a-z]c"), "false"),
    ("either of two, whole", matches("'ab'", "a|b"), "false"),
    ("line feed at the end", matches("'abc' || chr(10)", "abc"), "false"),
    ("single quote", matches("'it''s'", "it's"), "true"),
    ("null", matches("cast(null as varchar)", "a"), "null"),
]) }}
