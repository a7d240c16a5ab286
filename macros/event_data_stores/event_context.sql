{#-
    event_context(json_text)

    `eventcontext` as an enriched event data store types it: request context, and the tags of
    resources and principal. Null where the record was not enriched.
-#}
{% macro event_context(json_text) -%}
    {%- set resource_type = 'array(row(arn varchar, tags map(varchar, varchar)))' -%}
    case when {{ json_text }} is not null then
        {{ named_struct([
            (
                'requestcontext',
                'map(varchar, varchar)',
                json_map(element_at(json_text, 'requestContext')),
            ),
            (
                'tagcontext',
                'row(resourcetags ' ~ resource_type ~ ', principaltags map(varchar, varchar))',
                named_struct([
                    (
                        'resourcetags',
                        resource_type,
                        resource_tags(json_value_text(json_text, ['tagContext', 'resourceTags'])),
                    ),
                    (
                        'principaltags',
                        'map(varchar, varchar)',
                        json_map(json_value_text(json_text, ['tagContext', 'principalTags'])),
                    ),
                ]),
            ),
        ]) }}
    end
{%- endmacro %}
