{#-
    delivery_place(source_object)

    A text by which the deliveries of one configuration item are put in order: history before
    snapshots, snapshots by the moment that they were taken, then by the object's address. A daily
    snapshot never comes before what has shown the item already, whatever its address is like.
-#}
{% macro delivery_place(source_object) -%}
    coalesce(
        {{ first_match(source_object, '_ConfigSnapshot_([0-9]{8}T[0-9]{6}Z)_') }}, ''
    ) || ' ' || {{ source_object }}
{%- endmacro %}
