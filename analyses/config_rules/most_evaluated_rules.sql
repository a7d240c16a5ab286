with

calls as (

    select
        event_key,
        event_date,
        account_id,
        aws_region,
        {{ element_at('additional_event_data', 'configRuleName') }} as rule_name,
        {{ element_at('additional_event_data', 'configRuleArn') }} as rule_arn,
        {{ element_at('request_parameters', 'evaluations') }} as evaluations

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and event_source = 'config.amazonaws.com'
        and event_name = 'PutEvaluations'
        and outcome = 'succeeded'
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}

),

evaluations as (

    select
        calls.*,
        {{ element_at('element', 'complianceType') }} as compliance

    from calls

    cross join {{ elements_of("case when calls.evaluations like '[%' then calls.evaluations end") }} as parts

)

select
    event_date,
    rule_name,
    rule_arn,
    account_id,
    aws_region,
    count(distinct event_key) as calls_count,
    count(*) as evaluations_count,
    sum(case when compliance = 'NON_COMPLIANT' then 1 else 0 end) as non_compliant_count
from evaluations
group by
    event_date,
    rule_name,
    rule_arn,
    account_id,
    aws_region
order by
    event_date desc,
    evaluations_count desc,
    rule_name asc,
    account_id asc,
    aws_region asc,
    rule_arn asc
