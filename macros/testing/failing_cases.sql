{#-
    failing_cases(cases, columns={})

    The whole of a singular test of a macro: a row (name, actual, expected) for every case that
    does not say what it should, compared as texts, two nulls being equal. `cases` is a list of
    (name, SQL that was called for, SQL expected). `columns` is a Jinja dictionary of columns that
    the cases may name, each with its SQL, such as `{"doc": "'{\"plain\":1}'"}`.
-#}
{% macro failing_cases(cases, columns={}) -%}
    {%- if not cases -%}
        {{ exceptions.raise_compiler_error("failing_cases: a test without cases tests nothing") }}
    {%- endif -%}
    {%- set text = dbt.type_string() -%}
    with

    fixture as (

        select
            {%- for name, expression in columns.items() %}
            {{ expression }} as {{ name }},
            {%- endfor %}
            1 as fixture_row

    ),

    answers as (
        {% for name, actual, expected in cases %}
        select
            '{{ dbt.escape_single_quotes(name) }}' as name,
            cast({{ actual }} as {{ text }}) as actual,
            cast({{ expected }} as {{ text }}) as expected
        from fixture
        {% if not loop.last %}
        union all
        {% endif %}
        {%- endfor %}
    )

    select *
    from answers
    where actual is distinct from expected
{%- endmacro %}
