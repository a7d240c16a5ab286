{#-
    is_incremental()

    dbt's own question, whether a model adds to a table that is there, answered without a server:
    `dbt compile --no-introspect` would fail on it ("connection never acquired"). There the answer
    is `var('force_incremental')`, so that both branches of a model can be compiled and checked.
-#}
{% macro is_incremental() -%}
    {%- if not execute -%}
        {{ return(False) }}
    {%- elif not flags.INTROSPECT -%}
        {{ return(
            model.config.materialized == "incremental" and var("force_incremental", false) | as_bool
        ) }}
    {%- else -%}
        {{ return(dbt.is_incremental()) }}
    {%- endif -%}
{%- endmacro %}
