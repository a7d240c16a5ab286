select
    eventdata.resourcetype as resource_type,
    eventdata.resourceid as resource_id,
    eventdata.accountid as account_id,
    eventdata.awsregion as aws_region,
    count(*) as items_count,
    min(eventtime) as first_captured_at,
    max(eventtime) as last_captured_at
from {{ ref('eds_configuration_items') }}
where
    is_primary
    and {{ within('eventtime', var('since', none), var('until', none)) }}
    and {{ asked_for('eventdata.accountid', 'account') }}
    and {{ asked_for('eventdata.awsregion', 'region') }}
    and {{ asked_for('eventdata.resourcetype', 'type') }}
group by
    eventdata.resourcetype,
    eventdata.resourceid,
    eventdata.accountid,
    eventdata.awsregion
order by
    count(*) desc,
    resource_type asc,
    resource_id asc,
    account_id asc,
    aws_region asc
