{%- set nothing = "cast(null as varchar)" -%}
{{ failing_cases([
    ("same values, same hash", row_hash(["'a'", "'b'"]), row_hash(["'a'", "'b'"])),
    ("one value that says where it begins", row_hash(["'a'"]), sha256_hex("'1:a'")),
    ("never null", row_hash([nothing]) ~ " is not null", "true"),
    ("null is not the empty text", row_hash([nothing]) ~ " <> " ~ row_hash(["''"]), "true"),
    ("null is not a dash", row_hash([nothing]) ~ " <> " ~ row_hash(["'-'"]), "true"),
    ("place of a null", row_hash([nothing, "'x'"]) ~ " <> " ~ row_hash(["'x'", nothing]), "true"),
    ("where one value ends", row_hash(["'ab'", "'c'"]) ~ " <> " ~ row_hash(["'a'", "'bc'"]),
        "true"),
    ("order", row_hash(["'a'", "'b'"]) ~ " <> " ~ row_hash(["'b'", "'a'"]), "true"),
    ("separator within", row_hash(["'a1:b'"]) ~ " <> " ~ row_hash(["'a'", "'b'"]), "true"),
    ("other types", row_hash(["1", "date '2022-11-21'"]), row_hash(["'1'", "'2022-11-21'"])),
]) }}
