{#- Of the shared parameters, `period` asks for 'day' unless told otherwise, and `actor` for nobody. -#}
{{ failing_cases([
    ("asked for nothing", asked_for("word", "actor"), "true"),
    ("asked for nothing of a null", asked_for("nothing", "actor", by="part"), "true"),
    ("equal", asked_for("'day'", "period"), "true"),
    ("no more than a part", asked_for("word", "period"), "false"),
    ("a part", asked_for("word", "period", by="part"), "true"),
    ("no part", asked_for("'Mond'", "period", by="part"), "false"),
    ("one of several", asked_for(["'Mond'", "word"], "period", by="part"), "true"),
    ("one of several, a null among them", asked_for(["nothing", "'day'"], "period"), "true"),
    ("a null is nothing asked for", asked_for("nothing", "period"), "null"),
], {"word": "'MonDay'", "nothing": "cast(null as " ~ dbt.type_string() ~ ")"}) }}
