{#-
    asked_actor()

    Whether an event of `fct_events` is of the actor that the parameter `actor` asks for: a name, an
    access key or a unique id, or a part of an ARN. True where it asks for nobody.
-#}
{% macro asked_actor() -%}
    {%- set names = ["actor", "actor_arn", "session_issuer_arn", "principal_id"] -%}
    {{ return(asked_for(names, "actor", by="part")) }}
{%- endmacro %}
