{#-
    judges_some()

    Whether this run judges the changes of some resources alone, and keeps what earlier runs found of
    the others: not in a full refresh, not where no run has judged any, and on DuckDB alone.
-#}
{% macro judges_some() -%}
    {%- if not execute -%}
        {{ return(False) }}
    {%- elif not flags.INTROSPECT -%}
        {{ return(var("force_incremental", false) | as_bool) }}
    {%- elif flags.FULL_REFRESH or kept_materialization() == "table" -%}
        {{ return(False) }}
    {%- endif -%}
    {{ return(_has_judged()) }}
{%- endmacro %}


{#- Whether an earlier run has judged anything. -#}
{% macro _has_judged() -%}
    {%- set judged = bookkeeping_relation("judged_versions") -%}
    {{ return(run_query("select 1 from " ~ judged ~ " limit 1").rows | length > 0) }}
{%- endmacro %}
