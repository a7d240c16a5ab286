{#-
    argument(name)

    A parameter of a catalogue query, declared in its YAML under `meta.parameters` with a type
    (text, integer, boolean or timestamp) and a default; what it leaves unsaid there is said by
    the project's variable `shared_parameters`. A literal when dbt compiles the query; a bind
    parameter when the catalogue is compiled for `tarn query`. A null means: not asked for.
-#}
{% macro argument(name) -%}
    {%- set types = {
        "text": dbt.type_string(), "integer": "bigint", "boolean": "boolean", "timestamp": "timestamp"
    } -%}
    {%- set declared = dict(var("shared_parameters", {}).get(name, {})) -%}
    {%- do declared.update(model.config.get("meta", {}).get("parameters", {}).get(name) or {}) -%}
    {%- set type = types[declared.get("type", "text")] -%}
    {%- set value = var(name, declared.get("default")) -%}
    {%- if var("bind_parameters", false) -%}
        cast(${{ name }} as {{ type }})
    {%- elif value is none -%}
        cast(null as {{ type }})
    {%- else -%}
        cast('{{ dbt.escape_single_quotes(value | string) }}' as {{ type }})
    {%- endif -%}
{%- endmacro %}
