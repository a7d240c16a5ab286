{#-
    is_shown_anew(resource_key, rules)

    A condition for a model of the strategy `replace_shown`, whose rows depend on nothing but the
    configuration items of their resource and on `rules`, a Jinja list of SQL texts: whether the rows
    of a resource may be others than the model has, because an item is kept that came with a batch
    which the model has not processed. True for all where the model is made anew, where it was made
    by other rules, and where files with items were given up.
-#}
{% macro is_shown_anew(resource_key, rules=none) -%}
    {%- set items = ref("int_configuration_items_deduplicated") -%}
    {%- if not shows_some(rules) -%}
        {{ return("true") }}
    {%- endif %}
        {{ resource_key }} in (
            select {{ tarn.resource_key() }}
            from {{ items }}
            where
                _batch_id in (
                    select batch_id
                    {{ unprocessed_batches("configuration_items") }}
                )
        )
{%- endmacro %}
