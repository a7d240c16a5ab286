{{ failing_cases([
    ("just captured", is_as_of("fixture", "timestamp '2026-03-02 09:00:00'"), "true"),
    ("meanwhile", is_as_of("fixture", "timestamp '2026-03-02 09:30:00'"), "true"),
    ("before it was captured", is_as_of("fixture", "timestamp '2026-03-02 08:59:59'"), "false"),
    ("just superseded", is_as_of("fixture", "timestamp '2026-03-02 10:00:00'"), "false"),
    ("no moment", is_as_of("fixture", "cast(null as timestamp)"), "null"),
], columns={
    "captured_at": "timestamp '2026-03-02 09:00:00'", "superseded_at": "timestamp '2026-03-02 10:00:00'",
}) }}
