{#-
    identity_fields()

    A Jinja dictionary: what is asked of a CloudTrail record's userIdentity, by the name that it has
    in a column, with the steps to it.
-#}
{% macro identity_fields() -%}
    {{ return({
        "actor_arn": ["arn"],
        "actor_type": ["type"],
        "actor_account_id": ["accountId"],
        "principal_id": ["principalId"],
        "access_key_id": ["accessKeyId"],
        "user_name": ["userName"],
        "session_issuer_arn": ["sessionContext", "sessionIssuer", "arn"],
        "session_issuer_name": ["sessionContext", "sessionIssuer", "userName"],
        "source_identity": ["sessionContext", "sourceIdentity"],
        "identity_center_user_id": ["onBehalfOf", "userId"],
        "invoked_by": ["invokedBy"],
        "mfa_authenticated": ["sessionContext", "attributes", "mfaAuthenticated"],
    }) }}
{%- endmacro %}
