{{ failing_cases([
    ("deletes", destroys_something("'DeleteTrail'"), "true"),
    ("ends", destroys_something("'TerminateInstances'"), "true"),
    ("will end", destroys_something("'ScheduleKeyDeletion'"), "true"),
    ("no more than stops", destroys_something("'StopLogging'"), "false"),
    ("asks", destroys_something("'DescribeDeletedThings'"), "false"),
]) }}
