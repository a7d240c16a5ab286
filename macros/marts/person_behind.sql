{#-
    person_behind(type, user_name, issuer_name, session_name, source_identity)

    The person behind a session, SQL over columns that hold parts of a record's userIdentity: the
    source identity, which the session cannot choose anew; the session's name where Identity Center
    gave it, or where it is an address; the name of an IAM user. Null where none of them tells.
-#}
{% macro person_behind(type, user_name, issuer_name, session_name, source_identity) -%}
    coalesce(
        {{ source_identity }},
        case
            when {{ issuer_name }} like 'AWSReservedSSO@_%' escape '@' then {{ session_name }}
            when strpos({{ session_name }}, '@') > 0 then {{ session_name }}
            when {{ type }} = 'IAMUser' then {{ user_name }}
            when {{ type }} = 'Root' then 'root'
        end
    )
{%- endmacro %}
