{{ failing_cases([
    ("with T and Z", try_timestamp("'2023-07-10T11:58:10Z'"), "timestamp '2023-07-10 11:58:10'"),
    ("with neither", try_timestamp("'2023-07-10 11:58:10'"), "timestamp '2023-07-10 11:58:10'"),
    ("day", try_timestamp("'2023-07-10'"), "timestamp '2023-07-10 00:00:00'"),
    ("digits are cut, not rounded", try_timestamp("'2023-07-10T11:58:10.1234569Z'"),
        "timestamp '2023-07-10 11:58:10.123456'"),
    ("single digits", try_timestamp("'2017-3-4 5:6:7.000089'"),
        "timestamp '2017-03-04 05:06:07.000089'"),
    ("no such day", try_timestamp("'2023-02-29'"), "null"),
    ("null", try_timestamp("cast(null as varchar)"), "null"),
]) }}
