{#-
    label_noun(label)

    What a parameter or a member of an answer is about, in lower case: `user` of userName, `subnet`
    of subnetId; empty where there is no label.
-#}
{% macro label_noun(label) -%}
    lower({{ rewritten(
        "coalesce(" ~ label ~ ", '')", '(Name|Id|ID|Arn|ARN|Identifier|Url|List|s)+$', ''
    ) }})
{%- endmacro %}
