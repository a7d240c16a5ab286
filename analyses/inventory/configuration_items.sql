select
    eventtime as captured_at,
    eventdata.configurationitemversion as configuration_item_version,
    eventdata.configurationitemstatus as configuration_item_status,
    eventdata.configurationitemstateid as state_id,
    eventdata.accountid as account_id,
    eventdata.awsregion as aws_region,
    eventdata.resourcetype as resource_type,
    eventdata.resourceid as resource_id,
    eventdata.resourcename as resource_name,
    eventdata.arn as resource_arn,
    eventdata.availabilityzone as availability_zone,
    eventdata.resourcecreationtime as resource_creation_time,
    eventdata.configuration as configuration,
    eventdata.supplementaryconfiguration as supplementary_configuration,
    eventdata.relationships as relationships,
    eventdata.tags as tags
from {{ ref('eds_configuration_items') }}
where
    is_primary
    and {{ within('eventtime', var('since', none), var('until', none)) }}
    and {{ asked_for('eventdata.accountid', 'account') }}
    and {{ asked_for('eventdata.awsregion', 'region') }}
    and {{ asked_for('eventdata.resourcetype', 'type') }}
    and {{ asked_for(['eventdata.resourceid', 'eventdata.resourcename'], 'resource') }}
order by
    eventtime desc,
    eventid asc
