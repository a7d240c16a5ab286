{#-
    actor_columns(user_identity)

    Select-list columns that say who called, from a record's userIdentity (JSON text): actor_arn,
    actor_type, actor_account_id, session_issuer_arn, session_issuer_name, invoked_by and
    is_mfa_authenticated (null where the session does not say).
-#}
{% macro actor_columns(user_identity) -%}
    {%- set issuer = ['sessionContext', 'sessionIssuer'] -%}
    {%- set mfa = ['sessionContext', 'attributes', 'mfaAuthenticated'] -%}
    {{ element_at(user_identity, 'arn') }} as actor_arn,
    {{ element_at(user_identity, 'type') }} as actor_type,
    {{ element_at(user_identity, 'accountId') }} as actor_account_id,
    {{ json_value_text(user_identity, issuer + ['arn']) }} as session_issuer_arn,
    {{ json_value_text(user_identity, issuer + ['userName']) }} as session_issuer_name,
    {{ element_at(user_identity, 'invokedBy') }} as invoked_by,
    lower({{ json_value_text(user_identity, mfa) }}) = 'true' as is_mfa_authenticated
{%- endmacro %}
