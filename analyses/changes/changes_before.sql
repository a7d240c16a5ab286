with

moment as (

    select
        coalesce({{ argument('at') }}, max(coalesce(occurred_at, captured_at))) as ends_at

    from {{ ref('fct_configuration_changes') }}

)

select
    changes.occurred_at,
    changes.captured_at,
    changes.change_kind,
    changes.resource_type,
    changes.resource_id,
    changes.resource_name,
    changes.account_id,
    changes.aws_region,
    changes.properties_changed_count,
    changes.match_kind,
    changes.actor_arn,
    changes.person,
    changes.event_name,
    changes.source_ip_address,
    changes.event_id,
    changes.change_id
from {{ ref('fct_configuration_changes') }} as changes
inner join moment
    on
        coalesce(changes.occurred_at, changes.captured_at) <= moment.ends_at
        and coalesce(changes.occurred_at, changes.captured_at)
        >= {{ dbt.dateadd('minute', '-' ~ argument('minutes'), 'moment.ends_at') }}
where
    {{ asked_for('changes.account_id', 'account') }}
    and {{ asked_for('changes.aws_region', 'region') }}
    and {{ asked_for('changes.resource_type', 'type') }}
order by
    coalesce(changes.occurred_at, changes.captured_at) desc,
    changes.change_id asc
