{%- set identity = user_identity("doc") -%}
{%- set root = user_identity("root") -%}
{{ failing_cases([
    ("a scalar", "(" ~ identity ~ ").type", "'AssumedRole'"),
    ("the issuer", "(" ~ identity ~ ").sessioncontext.sessionissuer.username", "'deploy'"),
    ("MFA as text", "(" ~ identity ~ ").sessioncontext.attributes.mfaauthenticated", "'true'"),
    ("a compact creation time", "(" ~ identity ~ ").sessioncontext.attributes.creationdate", "timestamp '2022-01-17 10:20:30'"),
    ("on behalf of", "(" ~ identity ~ ").onbehalfof.userid", "'u-1'"),
    ("Lake's misspelt field", "(" ~ identity ~ ").inscopeof.credentiaisissuedto", "'arn:c'"),
    ("no session", "(" ~ root ~ ").sessioncontext", "null"),
    ("nobody on whose behalf", "(" ~ root ~ ").onbehalfof", "null"),
    ("no identity", "(" ~ user_identity("cast(null as varchar)") ~ ").type", "null"),
], columns={
    "doc": "'{\"type\":\"AssumedRole\",\"sessionContext\":{\"sessionIssuer\":{\"userName\":\"deploy\"},\"attributes\":{\"mfaAuthenticated\":\"true\",\"creationDate\":\"20220117T102030Z\"}},\"onBehalfOf\":{\"userId\":\"u-1\"},\"inScopeOf\":{\"credentialsIssuedTo\":\"arn:c\"}}'",
    "root": "'{\"type\":\"Root\"}'",
}) }}
