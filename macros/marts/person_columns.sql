{#-
    person_columns(user_identity)

    Select-list columns that say which person stands behind a session, from a record's userIdentity
    (JSON text): session_name, source_identity, identity_center_user_id, and person, the best of
    them: the source identity, which the session cannot choose anew; the session's name where
    Identity Center gave it, or where it is an address; the name of an IAM user.
-#}
{% macro person_columns(user_identity) -%}
    {%- set type = element_at(user_identity, 'type') -%}
    {%- set arn = element_at(user_identity, 'arn') -%}
    {%- set issuer = json_value_text(user_identity, ['sessionContext', 'sessionIssuer', 'userName']) -%}
    {%- set source = json_value_text(user_identity, ['sessionContext', 'sourceIdentity']) -%}
    {%- set session = first_match(arn, ':assumed-role/[^/]+/(.+)$') -%}
    {{ session }} as session_name,
    {{ source }} as source_identity,
    {{ json_value_text(user_identity, ['onBehalfOf', 'userId']) }} as identity_center_user_id,
    coalesce(
        {{ source }},
        case
            when {{ issuer }} like 'AWSReservedSSO@_%' escape '@' then {{ session }}
            when strpos({{ session }}, '@') > 0 then {{ session }}
            when {{ type }} = 'IAMUser' then {{ element_at(user_identity, 'userName') }}
            when {{ type }} = 'Root' then 'root'
        end
    ) as person
{%- endmacro %}
