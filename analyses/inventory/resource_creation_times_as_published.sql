select
    eventData.configuration,
    eventData.accountId,
    eventData.awsRegion,
    eventData.resourceId,
    eventData.resourceName,
    eventData.resourceType,
    eventData.availabilityZone,
    eventData.resourceCreationTime
from {{ ref('eds_configuration_items') }}
where
    {{ within('eventTime', var('since', none), var('until', none), lower='>', upper='<') }}
    and is_primary
order by eventData.resourceCreationTime desc
limit 10
