with

calls as (

    select
        *,
        coalesce({{ element_at('request_parameters', 'keyId') }}, {{ first_match('resources', '"ARN":"(arn:[^"]+:key/[^"]+)"') }})
            as key_id

    from {{ ref('fct_events') }}

    where
        event_source = 'kms.amazonaws.com'
        and event_name in (
            'Decrypt', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncrypt',
            'Sign', 'Verify', 'GenerateMac', 'VerifyMac'
        )
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_actor() }}

)

select
    key_id,
    event_name,
    account_id,
    aws_region,
    actor,
    actor_arn,
    count(*) as events_count,
    count(case when outcome = 'denied' then 1 end) as denied_count,
    min(occurred_at) as first_called_at,
    max(occurred_at) as last_called_at
from calls
where {{ asked_for('key_id', 'key', by='part') }}
group by
    key_id,
    event_name,
    account_id,
    aws_region,
    actor,
    actor_arn
order by
    count(*) desc,
    key_id asc,
    event_name asc,
    actor asc,
    actor_arn asc,
    account_id asc,
    aws_region asc
