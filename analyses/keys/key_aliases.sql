with

given as (

    select
        *,
        {{ element_at('request_parameters', 'targetKeyId') }} as key_id,
        {{ element_at('request_parameters', 'aliasName') }} as alias_name

    from {{ ref('fct_events') }}

    where
        event_source = 'kms.amazonaws.com'
        and event_name in ('CreateAlias', 'UpdateAlias')
        and outcome = 'succeeded'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}

),

ordered as (

    select
        *,
        row_number() over (
            partition by account_id, aws_region, key_id
            order by occurred_at desc, event_key asc
        ) as place,
        row_number() over (
            partition by account_id, aws_region, alias_name
            order by occurred_at desc, event_key asc
        ) as place_of_alias

    from given

)

select
    key_id,
    alias_name,
    account_id,
    aws_region,
    occurred_at as given_at,
    place_of_alias = 1 as is_still_its,
    actor,
    actor_arn,
    event_id
from ordered
where place = 1
order by
    account_id asc,
    aws_region asc,
    key_id asc
