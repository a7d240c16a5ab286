{{ failing_cases([
    ("a tag of then", tag_as_of("fixture", "team", "timestamp '2026-03-02 09:30:00'"), "'blue'"),
    ("a tag it had not", tag_as_of("fixture", "owner", "timestamp '2026-03-02 09:30:00'"), "null"),
    ("before it was captured", tag_as_of("fixture", "team", "timestamp '2026-03-02 08:00:00'"), "null"),
    ("ever since", tag_as_of("fixture", "team", "timestamp '2027-03-02 08:00:00'"), "'blue'"),
], columns={
    "captured_at": "timestamp '2026-03-02 09:00:00'", "superseded_at": "cast(null as timestamp)",
    "tags": "'{\"team\":\"blue\"}'",
}) }}
