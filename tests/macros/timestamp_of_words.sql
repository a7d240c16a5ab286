{{ failing_cases([
    ("afternoon", timestamp_of_words("'Jul 10, 2023 1:23:05 PM'"),
        "timestamp '2023-07-10 13:23:05'"),
    ("noon", timestamp_of_words("'Dec 1, 2023 12:00:00 PM'"),
        "timestamp '2023-12-01 12:00:00'"),
    ("midnight", timestamp_of_words("'Dec 1, 2023 12:00:00 AM'"),
        "timestamp '2023-12-01 00:00:00'"),
    ("no such day", timestamp_of_words("'Feb 30, 2023 1:23:05 PM'"), "null"),
    ("no such month", timestamp_of_words("'Foo 10, 2023 1:23:05 PM'"), "null"),
    ("null", timestamp_of_words("cast(null as varchar)"), "null"),
]) }}
