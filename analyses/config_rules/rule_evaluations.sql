with

calls as (

    select
        event_key,
        event_id,
        occurred_at,
        account_id,
        aws_region,
        {{ element_at('additional_event_data', 'configRuleName') }} as rule_name,
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
        {{ element_at('element', 'complianceResourceType') }} as resource_type,
        {{ element_at('element', 'complianceResourceId') }} as resource_id,
        {{ element_at('element', 'complianceType') }} as compliance,
        {{ element_at('element', 'annotation') }} as evaluated_annotation

    from calls

    cross join {{ elements_of("case when calls.evaluations like '[%' then calls.evaluations end") }} as parts

)

select
    occurred_at,
    rule_name,
    compliance,
    resource_type,
    resource_id,
    evaluated_annotation,
    account_id,
    aws_region,
    event_id
from evaluations
where
    {{ asked_for('rule_name', 'rule', by='part') }}
    and {{ asked_for('compliance', 'found') }}
    and {{ asked_for('resource_id', 'resource') }}
order by
    occurred_at desc,
    event_key asc,
    resource_type asc,
    resource_id asc
