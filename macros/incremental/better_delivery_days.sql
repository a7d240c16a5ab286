{#-
    better_delivery_days(days)

    A Jinja list of those of `days` on which the rows of this model of deduplicated configuration
    items may be others than before: where an item is new, where a new delivery of it comes before
    the one that is kept, or where landing files were removed. A snapshot repeats items of any day,
    and mostly changes nothing.
-#}
{% macro better_delivery_days(days) -%}
    {%- if not days -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set query -%}
        with

        batches as (

            select
                batch_id,
                day,
                change

            {{ unprocessed_batches('configuration_items') }}

        ),

        {% for name, relation in {
            "delivered": ref("stg_config__configuration_items"), "kept": this
        }.items() -%}
        {{ name }} as (

            select
                captured_date,
                _store,
                item_key,
                filled_columns_count,
                content_hash,
                {{ delivery_place('_source_object') }} as place,
                _source_offset,
                _batch_id

            from {{ relation }}

            where
                {%- if name == "delivered" %}
                {{ on_landed_days("captured_date", days) }}
                and _batch_id in (select batch_id from batches where change = 'added')
                {%- else %}
                captured_date in ({{ day_literals(days) }})
                {%- endif %}

        ),

        {% endfor -%}
        changed_days as (

            select delivered.captured_date as day

            from delivered

            left join kept
                on
                    delivered.captured_date = kept.captured_date
                    and delivered._store = kept._store
                    and delivered.item_key = kept.item_key

            where
                kept.item_key is null
                or (
                    kept.filled_columns_count, delivered.content_hash, delivered.place,
                    delivered._source_offset, delivered._batch_id
                ) < (
                    delivered.filled_columns_count, kept.content_hash, kept.place,
                    kept._source_offset, kept._batch_id
                )

            union

            select day

            from batches

            where change = 'removed'

        )

        select cast(day as {{ dbt.type_string() }}) as day

        from changed_days

        order by day
    {%- endset -%}
    {{ return(run_query(query).columns[0].values() | map("string") | list) }}
{%- endmacro %}
