{#-
    is_as_of(version, moment)

    Whether a version is what its resource was at a moment, for a join with or a filter on
    fct_resource_versions: Config had captured it by then, and nothing newer. `version` is the
    relation's alias, `moment` SQL of a timestamp. Null where the moment is null. At most one version
    of a resource is; none before its first item. A deleted version is: what it had been is gone.
-#}
{% macro is_as_of(version, moment) -%}
    (
        {{ version }}.captured_at <= {{ moment }}
        and {{ is_before_end(moment, version ~ '.superseded_at') }}
    )
{%- endmacro %}
