select
    eventtime as attempted_at,
    {{ element_at('requestparameters', 'bucketName', form='map') }} as bucket_name,
    recipientaccountid as account_id,
    awsregion as aws_region,
    eventname as event_name,
    errorcode as error_code,
    errormessage as error_message,
    useridentity.arn as actor_arn,
    useridentity.type as actor_type,
    sourceipaddress as source_ip_address,
    useragent as user_agent,
    eventid as event_id
from {{ ref('eds_cloudtrail_events') }}
where
    eventsource = 's3.amazonaws.com'
    and eventname in ('PutBucketEncryption', 'DeleteBucketEncryption')
    and errorcode is not null
    and is_primary
    and {{ within('eventtime', var('since', none), var('until', none)) }}
order by
    eventtime desc,
    eventid asc
