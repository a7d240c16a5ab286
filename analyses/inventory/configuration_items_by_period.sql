with

items as (

    select
        cast(date_trunc({{ argument('period') }}, eventtime) as timestamp) as period_starts_at,
        eventdata.accountid as account_id,
        eventdata.awsregion as aws_region,
        eventdata.resourcetype as resource_type,
        eventdata.resourceid as resource_id

    from {{ ref('eds_configuration_items') }}

    where
        is_primary
        and {{ within('eventtime', var('since', none), var('until', none)) }}
        and {{ asked_for('eventdata.accountid', 'account') }}
        and {{ asked_for('eventdata.awsregion', 'region') }}
        and {{ asked_for('eventdata.resourcetype', 'type') }}

)

select
    period_starts_at,
    account_id,
    aws_region,
    resource_type,
    count(*) as items_count,
    count(distinct resource_id) as resources_count
from items
group by
    period_starts_at,
    account_id,
    aws_region,
    resource_type
order by
    period_starts_at asc,
    count(*) desc,
    account_id asc,
    aws_region asc,
    resource_type asc
