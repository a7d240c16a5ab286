{{ failing_cases([
    ("nothing to mend", mended_json("'{\"a\":\"\\u00e9\"}'"), "'{\"a\":\"\\u00e9\"}'"),
    ("high half alone", mended_json("'[\"a\\ud83db\"]'"), "'[\"ab\"]'"),
    ("low half alone", mended_json("'[\"\\uDE00\"]'"), "'[\"\"]'"),
    ("pair stays", mended_json("'[\"\\ud83d\\ude00\"]'"), "'[\"\\ud83d\\ude00\"]'"),
    ("halves the wrong way round", mended_json("'[\"\\ude00\\ud83d\"]'"), "'[\"\"]'"),
    ("two high halves and a low one", mended_json("'[\"\\ud83d\\ud83d\\ude00\"]'"),
        "'[\"\\ud83d\\ude00\"]'"),
    ("escaped backslash", mended_json("'[\"\\\\ud83d\"]'"), "'[\"\\\\ud83d\"]'"),
    ("escape after an escaped backslash", mended_json("'[\"\\\\\\ud83d\"]'"), "'[\"\\\\\"]'"),
    ("other escape that begins alike", mended_json("'[\"\\ud7ff\"]'"), "'[\"\\ud7ff\"]'"),
    ("plain text", mended_json("'x'"), "'x'"),
    ("null", mended_json("cast(null as varchar)"), "null"),
]) }}
