{#-
    changes_rights(event_name)

    Whether a call of IAM, by its name, changes what a user, role or group may do: their policies,
    boundaries and trust, and the policies themselves. Tags, which may be conditions, are none.
-#}
{% macro changes_rights(event_name) -%}
    {{ return(matches(
        event_name,
        "(Attach|Detach|Delete|Put)(User|Role|Group)Policy"
        ~ "|(Delete|Put)(User|Role)PermissionsBoundary"
        ~ "|(Create|Delete)Policy(Version)?|SetDefaultPolicyVersion|UpdateAssumeRolePolicy"
    )) }}
{%- endmacro %}
