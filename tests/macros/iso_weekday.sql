{{ failing_cases([
    ("monday", iso_weekday("date '2026-03-02'"), "1"),
    ("sunday", iso_weekday("date '2026-03-08'"), "7"),
    ("of a moment", iso_weekday("timestamp '2026-03-03 23:59:59'"), "2"),
    ("null", iso_weekday("cast(null as date)"), "null"),
]) }}
