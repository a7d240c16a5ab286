with

shared as (

    select
        *,
        coalesce(
            {{ element_at('request_parameters', 'imageId') }},
            {{ element_at('request_parameters', 'snapshotId') }},
            {{ element_at('request_parameters', 'dBSnapshotIdentifier') }},
            {{ element_at('request_parameters', 'dBClusterSnapshotIdentifier') }}
        ) as shared,
        coalesce(
            {{ json_value_text('request_parameters', ['launchPermission', 'add']) }},
            {{ json_value_text('request_parameters', ['createVolumePermission', 'add']) }},
            {{ element_at('request_parameters', 'valuesToAdd') }}
        ) as shared_with

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and event_name in (
            'ModifyDBClusterSnapshotAttribute', 'ModifyDBSnapshotAttribute',
            'ModifyImageAttribute', 'ModifySnapshotAttribute'
        )
        and outcome = 'succeeded'
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_actor() }}

)

select
    occurred_at,
    event_name,
    shared,
    strpos(shared_with, '"all"') > 0 as is_public,
    shared_with,
    actor,
    actor_arn,
    account_id,
    aws_region,
    source_ip_address,
    event_id
from shared
where
    shared_with is not null
    and (strpos(shared_with, '"all"') > 0 or not coalesce({{ argument('public_only') }}, false))
order by
    occurred_at desc,
    event_key asc
