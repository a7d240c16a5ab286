{{ failing_cases([
    ("a part", matches_within("'terraform-apply'", "'terra|pulumi'"), "true"),
    ("no part", matches_within("'alice'", "'terra|pulumi'"), "false"),
    ("no text", matches_within("cast(null as " ~ dbt.type_string() ~ ")", "'a'"), "null"),
    ("no pattern", matches_within("'a'", "cast(null as " ~ dbt.type_string() ~ ")"), "null"),
]) }}
