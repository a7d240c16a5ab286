{#-
    bucket_encryption_rule(configuration)

    The one rule of a bucket's default encryption, as JSON text: from a PutBucketEncryption
    request's ServerSideEncryptionConfiguration (XML made JSON: `Rule` or `Rules`, an object for
    one element, a list for several) or from a configuration item's (`rules`, a list). Null where
    there is none. S3 takes exactly one rule.

    `configuration` is a column: it stands here many times.
-#}
{% macro bucket_encryption_rule(configuration) -%}
    coalesce(
        {%- for key in ['Rule', 'Rules', 'rules'] %}
        {{ json_value_text(configuration, [key, 0]) }},
        {{ json_value_text(configuration, [key]) }}{{ "," if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
