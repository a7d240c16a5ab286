{{ failing_cases([
    ("by ARN", is_kms_key_named("'arn:aws:kms:r:1:key/k'", "arn"), "true"),
    ("by id", is_kms_key_named("'k'", "arn"), "true"),
    ("by ARN where the item shows the id", is_kms_key_named("arn", "'k'"), "true"),
    ("another id", is_kms_key_named("'l'", "arn"), "false"),
    ("an id that only ends alike", is_kms_key_named("'ey/k'", "arn"), "false"),
    ("none and none", is_kms_key_named("null", "null"), "true"),
    ("none and the account's own", is_kms_key_named("null", "'arn:aws:kms:r:1:alias/aws/s3'"), "true"),
    ("none and a customer's key", is_kms_key_named("null", "arn"), "false"),
    ("a customer's key and none", is_kms_key_named("'k'", "null"), "false"),
], columns={"arn": "'arn:aws:kms:r:1:key/k'"}) }}
