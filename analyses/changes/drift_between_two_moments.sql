with

numbered as (

    select
        changes.*,
        properties.area,
        properties.property_path,
        properties.value_before,
        properties.value_after,
        row_number() over (
            partition by
                changes.account_id,
                changes.aws_region,
                changes.resource_type,
                changes.resource_id,
                properties.area,
                properties.property_path
            order by changes.captured_at asc, changes.change_id asc
        ) as place

    from {{ ref('fct_configuration_property_changes') }} as properties

    inner join {{ ref('fct_configuration_changes') }} as changes
        on properties.change_id = changes.change_id

    where
        not properties.is_volatile
        -- Elements of an array come and go: they have no place of their own.
        and properties.property_path not like '%[]'
        and {{ within('changes.captured_at', var('since', none), var('until', none)) }}
        and {{ asked_for('changes.account_id', 'account') }}
        and {{ asked_for('changes.aws_region', 'region') }}
        and {{ asked_for('changes.resource_type', 'type') }}
        and {{ asked_for(['changes.resource_id', 'changes.resource_name'], 'resource') }}

),

-- Of an element, whether it is there: added and removed as often, it is as it was.
elements as (

    select
        changes.*,
        properties.area,
        properties.property_path,
        properties.difference,
        coalesce(properties.value_after, properties.value_before) as element

    from {{ ref('fct_configuration_property_changes') }} as properties

    inner join {{ ref('fct_configuration_changes') }} as changes
        on properties.change_id = changes.change_id

    where
        not properties.is_volatile
        and properties.property_path like '%[]'
        and {{ within('changes.captured_at', var('since', none), var('until', none)) }}
        and {{ asked_for('changes.account_id', 'account') }}
        and {{ asked_for('changes.aws_region', 'region') }}
        and {{ asked_for('changes.resource_type', 'type') }}
        and {{ asked_for(['changes.resource_id', 'changes.resource_name'], 'resource') }}

),

drifts as (

    select
        resource_type,
        resource_id,
        max(resource_name) as resource_name,
        account_id,
        aws_region,
        area,
        property_path,
        max(case when place = 1 then value_before end) as value_at_first,
        max_by(coalesce(value_after, ''), place) as value_at_last,
        count(*) as changes_count,
        count(distinct actor_arn) as actors_count,
        max_by(coalesce(actor_arn, ''), place) as last_actor_arn,
        max(captured_at) as last_changed_at

    from numbered

    group by
        resource_type,
        resource_id,
        account_id,
        aws_region,
        area,
        property_path

    union all

    select
        resource_type,
        resource_id,
        max(resource_name) as resource_name,
        account_id,
        aws_region,
        area,
        property_path,
        case when sum(case when difference = 'added' then 1 else -1 end) < 0 then element end
            as value_at_first,
        case when sum(case when difference = 'added' then 1 else -1 end) > 0 then element else '' end
            as value_at_last,
        count(*) as changes_count,
        count(distinct actor_arn) as actors_count,
        max_by(coalesce(actor_arn, ''), captured_at) as last_actor_arn,
        max(captured_at) as last_changed_at

    from elements

    group by
        resource_type,
        resource_id,
        account_id,
        aws_region,
        area,
        property_path,
        element

)

select
    resource_type,
    resource_id,
    resource_name,
    account_id,
    aws_region,
    area,
    property_path,
    value_at_first,
    nullif(value_at_last, '') as value_at_last,
    changes_count,
    actors_count,
    nullif(last_actor_arn, '') as last_actor_arn,
    last_changed_at
from drifts
where value_at_first is distinct from nullif(value_at_last, '')
order by
    resource_type asc,
    account_id asc,
    aws_region asc,
    resource_id asc,
    area asc,
    property_path asc,
    value_at_first asc,
    value_at_last asc
