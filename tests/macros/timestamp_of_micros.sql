{{ failing_cases([
    ("the beginning", timestamp_of_micros("0"), "timestamp '1970-01-01 00:00:00'"),
    ("a microsecond", timestamp_of_micros("1456156556288001"),
        "timestamp '2016-02-22 15:55:56.288001'"),
    ("before 1970", timestamp_of_micros("-1000000"), "timestamp '1969-12-31 23:59:59'"),
    ("out of range", timestamp_of_micros("9223372036854775807"), "null"),
    ("null", timestamp_of_micros("cast(null as bigint)"), "null"),
]) }}
