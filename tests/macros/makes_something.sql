{{ failing_cases([
    ("makes", makes_something("'CreateBucket'"), "true"),
    ("makes under another word", makes_something("'RunInstances'"), "true"),
    ("ends", makes_something("'DeleteBucket'"), "false"),
    ("the word is not first", makes_something("'PutCreateThing'"), "false"),
    ("ends, said so", ends_something("'TerminateInstances'"), "true"),
    ("is scheduled to end", ends_something("'ScheduleKeyDeletion'"), "true"),
    ("makes, asked for an end", ends_something("'CreateBucket'"), "false"),
    ("null", makes_something("cast(null as varchar)"), "null"),
]) }}
