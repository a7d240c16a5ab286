{{ failing_cases([
    ("groups", rewritten("'2022-11'", "([0-9]+)-([0-9]+)", "$2/$1"), "'11/2022'"),
    ("every part", rewritten("'a1b2'", "[0-9]", ""), "'ab'"),
    ("group that is not there", rewritten("'ab'", "(a)|b", "$1"), "'a'"),
    ("nothing fits", rewritten("'ab'", "c", "d"), "'ab'"),
    ("quotes", rewritten("'it''s'", "'", "''"), "'it''''s'"),
    ("null", rewritten("cast(null as varchar)", "a", "b"), "null"),
]) }}
