{{ failing_cases([
    ("none", filled_count(["null", "null"]), "0"),
    ("some", filled_count(["'a'", "null", "1"]), "2"),
    ("empty text is filled", filled_count(["''"]), "1"),
]) }}
