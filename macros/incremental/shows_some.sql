{#-
    shows_some(rules)

    Whether this run makes the rows of some resources alone, in a model of the strategy
    `replace_shown`, by `rules` (`is_shown_anew`). Its SQL, which says the rules, its strategy and its
    hook ask the same: what the first has found is kept in the graph while the run lasts.
-#}
{% macro shows_some(rules=none) -%}
    {%- if not execute or not flags.INTROSPECT -%}
        {{ return(is_incremental()) }}
    {%- endif -%}
    {%- set found = graph.setdefault("shows_some", {}).setdefault(invocation_id, {}) -%}
    {%- if rules is not none -%}
        {%- set text = (["''"] + rules) | join(" || ' ' || ") -%}
        {%- set query -%}
            select 1
            from {{ bookkeeping_relation("processed_batches") }}
            where
                model = '{{ this.identifier }}'
                and category = 'rules'
                and batch_id = {{ text }}
                and not exists (
                    select 1
                    {{ unprocessed_batches("configuration_items") }}
                        and change = 'removed'
                )
        {%- endset -%}
        {%- do found.update({this.identifier: {
            "rules": text,
            "some": is_incremental() and run_query(query).rows | length > 0,
        }}) -%}
    {%- endif -%}
    {{ return(found[this.identifier].some) }}
{%- endmacro %}
