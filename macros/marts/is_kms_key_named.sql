{#-
    is_kms_key_named(requested_key, recorded_key)

    Whether a request's key is the key that a configuration item shows. A request names a key by
    ARN or by id; with none it means the account's own key for S3, which an item shows as none or
    by its alias. Which key another alias stands for cannot be known from either.
-#}
{% macro is_kms_key_named(requested_key, recorded_key) -%}
    coalesce(
        {{ requested_key }} = {{ recorded_key }}
        or {{ recorded_key }} like '%/' || {{ requested_key }}
        or {{ requested_key }} like '%/' || {{ recorded_key }},
        {{ requested_key }} is null
        and ({{ recorded_key }} is null or {{ recorded_key }} like '%alias/aws/s3')
    )
{%- endmacro %}
