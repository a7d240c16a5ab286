{#-
    counted_grade()

    How a call speaks for an element of a change, by its `grade`, its `matched_count` and the most
    that any call matched of the element (`most_matched`). 2: it gave all that any gave of it; 1: it
    is merely about it, or gave less; 0: it asked for what was there before.
-#}
{% macro counted_grade() -%}
    case
            when grade = 2 and matched_count = most_matched then 2
            when grade > 0 then 1
            else 0
        end
{%- endmacro %}
