{#-
    person_columns(user_identity)

    Select-list columns that say which person stands behind a session, from a record's userIdentity
    (JSON text): session_name, source_identity, identity_center_user_id, and person, the best of
    them as `person_behind` chooses it.
-#}
{% macro person_columns(user_identity) -%}
    {%- set type = element_at(user_identity, 'type') -%}
    {%- set name = element_at(user_identity, 'userName') -%}
    {%- set arn = element_at(user_identity, 'arn') -%}
    {%- set issuer = json_value_text(user_identity, ['sessionContext', 'sessionIssuer', 'userName']) -%}
    {%- set source = json_value_text(user_identity, ['sessionContext', 'sourceIdentity']) -%}
    {%- set session = first_match(arn, ':assumed-role/[^/]+/(.+)$') -%}
    {{ session }} as session_name,
    {{ source }} as source_identity,
    {{ json_value_text(user_identity, ['onBehalfOf', 'userId']) }} as identity_center_user_id,
    {{ person_behind(type, name, issuer, session, source) }} as person
{%- endmacro %}
