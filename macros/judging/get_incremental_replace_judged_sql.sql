{#-
    get_incremental_replace_judged_sql(arg_dict)

    The incremental strategy `replace_judged`: the rows of changes that this run judges make place for
    what it finds, and those of changes that are none any more go. A model whose `meta` names its
    `partition` (a column of days) has rows of events and resources instead: those of the days with
    new events, and those of resources that have other names than before, are replaced. One that
    names `int_changes_to_follow` as its `changes` has also what is owed to neighbours (`is_followed`).
-#}
{% macro get_incremental_replace_judged_sql(arg_dict) -%}
    {%- set target, made = arg_dict["target_relation"], arg_dict["temp_relation"] -%}
    {%- set columns = arg_dict["dest_columns"] | map(attribute="quoted") | join(", ") %}
    delete from {{ target }} where {{ _judged_rows(config.get("meta", {}).get("partition")) }};
    {%- if _has_something_to_read() %}
    insert into {{ target }} ({{ columns }}) select {{ columns }} from {{ made }};
    {%- endif %}
{%- endmacro %}


{#- The condition of the rows that make place. -#}
{% macro _judged_rows(partition) -%}
    {%- if not judges_some() -%}
        true
    {%- elif partition is not none -%}
        {{ partition }} in ({{ day_literals(touched_days("cloudtrail_events", "int_change_causes")) }})
        or resource_key in (
            select resource_key
            from {{ relation_of("int_versions_to_judge") }}
            where is_renamed
        )
    {%- elif config.get("meta", {}).get("changes") == "int_changes_to_follow" -%}
        {{ is_followed("change_id") }}
    {%- else -%}
        change_id in (select item_key from {{ relation_of("int_versions_to_judge") }})
    {%- endif -%}
{%- endmacro %}
