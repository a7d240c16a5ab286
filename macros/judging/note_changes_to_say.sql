{#-
    note_changes_to_say()

    Post-hook of `int_change_causes`: notes the changes of which something else may have to be said
    than before, for each model of the strategy `replace_said`, until that has said it
    (`bookkeeping.changes_to_say`). These are the changes that have other causes, those that this run
    judged, those with a cause on a day with new events, which an addendum may have changed, and those
    without causes near such a day: of these it is said whether the logs of their hours are here.
-#}
{% macro note_changes_to_say() -%}
    {%- if execute and kept_materialization() == "incremental" -%}
        {%- set to_say = bookkeeping_relation("changes_to_say") -%}
        {%- set changes = relation_of("int_configuration_changes") -%}
        {%- set days = day_literals(touched_days("cloudtrail_events")) -%}
        {%- set around = interval_seconds(hours_of_logs() * 3600) -%}
        {%- set models = [] -%}
        {%- for node in graph.nodes.values()
            if node.config.incremental_strategy == "replace_said"
        -%}
            {%- do models.append("('" ~ node.alias ~ "')") -%}
        {%- endfor %}
        insert into {{ to_say }}
        with

        now as (

            select * from {{ this }} where {{ is_followed("change_id") }}

        ),

        differing as (

            (select * from now except all select * from causes_before)
            union all
            (select * from causes_before except all select * from now)

        ),

        days as (

            select unnest([{{ days }}]) as day

        ),

        to_say as (

            select change_id from differing

            union

            select item_key from {{ relation_of("int_versions_to_judge") }}

            union

            select causes.change_id
            from {{ this }} as causes
            inner join {{ relation_of("int_writes") }} as writes
                on causes.event_key = writes.event_key
            where writes.event_date in ({{ days }})

            union

            select changes.change_id
            from {{ changes }} as changes
            inner join days
                on
                    changes.captured_at >= days.day - {{ around }}
                    and changes.captured_at < days.day + interval 1 day + {{ around }}
            where changes.change_id not in (select change_id from {{ this }})

        )

        select
            models.model,
            to_say.change_id
        from to_say
        cross join (values {{ models | join(", ") }}) as models (model)

        except

        select
            model,
            change_id
        from {{ to_say }}
    {%- endif -%}
{%- endmacro %}
