select
    config.eventdata.resourceId,
    config.eventData.resourceType,
    config.eventdata.configurationItemCaptureTime,
    cloudtrail.recipientAccountId as recipientAccountId,
    cloudtrail.awsRegion as awsRegion,
    cloudtrail.sourceIPAddress as sourceIPAddress,
    cloudtrail.userAgent as userAgent,
    cloudtrail.userIdentity.arn,
    cloudtrail.userIdentity.type,
    cloudtrail.userIdentity.sessionContext.sessionIssuer.userName,
    config.eventData.resourceType,
    {{ element_at('config.eventdata.supplementaryConfiguration', 'ServerSideEncryptionConfiguration', form='map') }}
        as ServerSideEncryptionConfiguration
from {{ ref('eds_cloudtrail_events') }} as cloudtrail
inner join {{ ref('eds_configuration_items') }} as config
    on
        config.eventdata.resourceId
        = {{ element_at('cloudtrail.requestParameters', 'bucketName', form='map') }}
where
    cloudtrail.eventName = 'PutBucketEncryption'
    and {{ within('cloudtrail.eventTime', var('since', none), var('until', none), upper='<=') }}
    and {{ element_at('config.eventdata.supplementaryConfiguration', 'ServerSideEncryptionConfiguration', form='map') }}
    is not null
    and config.eventData.resourceType = 'AWS::S3::Bucket'
    and cloudtrail.is_primary
    and config.is_primary
order by config.eventdata.configurationItemCaptureTime desc
