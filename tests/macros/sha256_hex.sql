{{ failing_cases([
    ("empty text", sha256_hex("''"),
        "'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'"),
    ("not ascii", sha256_hex("'é'"),
        "'4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c'"),
    ("null", sha256_hex("cast(null as varchar)"), "null"),
]) }}
