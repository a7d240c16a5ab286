{#-
    touched_days(category, model)

    The days whose rows an incremental run of this model makes anew: those with new batches, and
    the days that share an event with them because an addendum of one day changes an event of
    another. `linked_by` in the model's `meta` says where these are found: in the landed `addenda`,
    or in the `updates` made of them. Where it says `deliveries`, days on which items were only
    repeated are left out. Where another model is named, it is that one's batches which count. A
    Jinja list; one impossible day where there is no server to ask. A model's SQL and its strategy
    ask for the same days: what the first has found is kept in the graph while the run lasts.
-#}
{% macro touched_days(category, model=none) -%}
    {%- if not execute or not flags.INTROSPECT -%}
        {{ return(["1970-01-01"]) }}
    {%- endif -%}
    {%- set found = graph.setdefault("touched_days", {}).setdefault(invocation_id, {}) -%}
    {%- set asked = this.identifier ~ " " ~ category ~ " " ~ model -%}
    {%- if asked in found -%}
        {{ return(found[asked]) }}
    {%- endif -%}
    {%- set days = new_days(category, model) -%}
    {%- set linked_by = config.get("meta", {}).get("linked_by") -%}
    {%- if linked_by == "addenda" -%}
        {%- set days = days + original_days(days) -%}
    {%- elif linked_by == "updates" -%}
        {%- set days = days + updated_event_days(days) -%}
    {%- elif linked_by == "deliveries" -%}
        {%- set days = better_delivery_days(days) -%}
    {%- endif -%}
    {%- do found.update({asked: days | unique | sort | list}) -%}
    {{ return(found[asked]) }}
{%- endmacro %}
