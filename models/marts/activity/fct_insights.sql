{{ config(materialized='view') }}

{%- set statistics = ['insightContext', 'statistics'] %}

with

records as (

    select *

    from {{ ref('int_events_deduplicated') }}

    where
        is_primary
        and event_category = 'Insight'

),

insights as (

    select

        ---------- ids
        event_key,
        event_id,
        shared_event_id,
        account_id,

        ---------- strings
        aws_region,
        {{ element_at('insight_details', 'insightType') }} as insight_type,
        {{ element_at('insight_details', 'state') }} as insight_state,
        {{ element_at('insight_details', 'eventSource') }} as event_source,
        {{ element_at('insight_details', 'eventName') }} as event_name,
        {{ element_at('insight_details', 'errorCode') }} as error_code,

        ---------- payloads (JSON text)
        {{ json_value_text('insight_details', ['insightContext', 'attributions']) }}
            as attributions,

        ---------- numerics
        try_cast({{ json_value_text('insight_details', statistics + ['baseline', 'average']) }}
            as double) as baseline_average,
        try_cast({{ json_value_text('insight_details', statistics + ['insight', 'average']) }}
            as double) as insight_average,
        try_cast({{ json_value_text('insight_details', statistics + ['baselineDuration']) }}
            as bigint) as baseline_minutes,
        try_cast({{ json_value_text('insight_details', statistics + ['insightDuration']) }}
            as bigint) as insight_minutes,

        ---------- timestamps
        occurred_at,
        event_date

    from records

)

select * from insights
