{#-
    session_context_type()

    The type of `useridentity.sessioncontext`, in Trino's words.
-#}
{% macro session_context_type() -%}
    row(
        attributes row(creationdate timestamp, mfaauthenticated varchar),
        sessionissuer row(
            type varchar, principalid varchar, arn varchar, accountid varchar, username varchar
        ),
        webidfederationdata row(federatedprovider varchar, attributes map(varchar, varchar)),
        sourceidentity varchar,
        ec2roledelivery varchar,
        ec2issuedinvpc varchar
    )
{%- endmacro %}
