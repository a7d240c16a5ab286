{#-
    seed_hash(seed, columns)

    A hash over the rows of a seed, whatever their order, as a scalar subquery that is never null.
-#}
{% macro seed_hash(seed, columns) -%}
    {{ return(
        "(select coalesce(" ~ sha256_hex(joined_texts(row_hash(columns), " ")) ~ ", '') from "
        ~ ref(seed) ~ ")"
    ) }}
{%- endmacro %}
