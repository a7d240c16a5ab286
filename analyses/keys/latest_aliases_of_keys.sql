with

calls as (

    select
        event_key,
        occurred_at,
        account_id,
        aws_region,
        event_name,
        actor,
        {{ element_at('request_parameters', 'aliasName') }} as alias_name,
        {{ element_at('request_parameters', 'targetKeyId') }} as key_id

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and event_source = 'kms.amazonaws.com'
        and event_name in ('CreateAlias', 'DeleteAlias', 'UpdateAlias')
        and outcome = 'succeeded'
        and {{ asked_for('account_id', 'account') }}

),

ordered as (

    select
        *,
        row_number() over (
            partition by account_id, aws_region, alias_name
            order by
                occurred_at desc,
                event_key desc
        ) as place_of_alias,
        row_number() over (
            partition by account_id, aws_region, key_id
            order by
                occurred_at desc,
                event_key desc
        ) as place_of_key

    from calls

)

select
    key_id,
    alias_name,
    place_of_alias = 1 as is_still_its_alias,
    actor as given_by,
    occurred_at as given_at,
    account_id,
    aws_region
from ordered
where
    key_id is not null
    and place_of_key = 1
    and {{ asked_for('key_id', 'key') }}
order by
    given_at desc,
    key_id asc,
    account_id asc,
    aws_region asc
