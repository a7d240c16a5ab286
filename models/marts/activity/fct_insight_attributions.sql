{{ config(materialized='view') }}

with

insights as (

    select *

    from {{ ref('fct_insights') }}

),

attributes as (

    select
        insights.*,
        {{ element_at('parts.element', 'attribute') }} as attribute,
        {{ element_at('parts.element', 'insight') }} as in_insight,
        {{ element_at('parts.element', 'baseline') }} as in_baseline

    from insights

    cross join {{ elements_of('insights.attributions') }} as parts

),

said as (
    {%- for period in ('insight', 'baseline') %}

    select
        attributes.event_key,
        attributes.attribute,
        {{ element_at('parts.element', 'value') }} as value,
        try_cast({{ element_at('parts.element', 'average') }} as double) as average,
        '{{ period }}' as period

    from attributes

    cross join {{ elements_of('attributes.in_' ~ period) }} as parts
    {%- if not loop.last %}

    union all
    {%- endif %}
    {%- endfor %}

),

averages as (

    select
        event_key,
        attribute,
        value,
        max(case when period = 'insight' then average end) as insight_average,
        max(case when period = 'baseline' then average end) as baseline_average

    from said

    where value is not null

    group by
        event_key,
        attribute,
        value

),

attributions as (

    select

        ---------- ids
        insights.event_key,
        insights.shared_event_id,
        insights.account_id,

        ---------- strings
        insights.aws_region,
        insights.insight_type,
        insights.insight_state,
        insights.event_source,
        insights.event_name,
        averages.attribute,
        averages.value,

        ---------- numerics
        averages.baseline_average,
        averages.insight_average,

        ---------- timestamps
        insights.occurred_at

    from averages

    inner join insights
        on averages.event_key = insights.event_key

)

select * from attributions
