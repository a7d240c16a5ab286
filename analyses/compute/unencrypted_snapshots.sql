with

calls as (

    select
        *,
        {{ json_value_text('response_elements', ['CreateSnapshotsResponse', 'snapshotSet', 'item']) }}
            as snapshots

    from {{ ref('fct_events') }}

    where
        event_source = 'ec2.amazonaws.com'
        and event_name in ('CreateSnapshot', 'CreateSnapshots', 'CopySnapshot')
        and outcome = 'succeeded'
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_actor() }}

),

-- One call makes one snapshot, or one for each volume: an object where it is one, else an array.
listed as (

    select
        *,
        case
            when event_name <> 'CreateSnapshots' then '[' || response_elements || ']'
            when substr(snapshots, 1, 1) = '{' then '[' || snapshots || ']'
            else snapshots
        end as made

    from calls

),

snapshots as (

    select
        listed.*,
        {{ element_at('parts.element', 'snapshotId') }} as snapshot_id,
        {{ element_at('parts.element', 'volumeId') }} as volume_id,
        {{ element_at('parts.element', 'encrypted') }} as encrypted

    from listed

    cross join {{ elements_of('listed.made') }} as parts

)

select
    occurred_at,
    account_id,
    aws_region,
    event_name,
    snapshot_id,
    coalesce(volume_id, {{ element_at('request_parameters', 'volumeId') }}) as volume_id,
    {{ json_value_text('request_parameters', ['CreateSnapshotsRequest', 'InstanceSpecification', 'InstanceId']) }}
        as instance_id,
    actor,
    actor_arn,
    source_ip_address,
    event_id
from snapshots
where encrypted = 'false'
order by
    occurred_at desc,
    event_key asc,
    snapshot_id asc
