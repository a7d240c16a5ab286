select
    occurred_at,
    event_source,
    event_name,
    outcome,
    actor,
    actor_arn,
    account_id,
    aws_region,
    source_ip_address,
    request_parameters,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and (
        (event_source = 'cloudtrail.amazonaws.com' and event_name in (
            'DeleteEventDataStore', 'DeleteTrail', 'StopEventDataStoreIngestion', 'StopLogging'
        ))
        or (event_source = 'config.amazonaws.com' and event_name in (
            'DeleteConfigRule', 'DeleteConfigurationRecorder', 'DeleteDeliveryChannel',
            'StopConfigurationRecorder'
        ))
        or (event_source = 'guardduty.amazonaws.com' and event_name in (
            'DeleteDetector', 'DeletePublishingDestination', 'DisassociateMembers',
            'StopMonitoringMembers'
        ))
        or (event_source = 'securityhub.amazonaws.com' and event_name in (
            'BatchDisableStandards', 'DisableSecurityHub'
        ))
        or (event_source = 'ec2.amazonaws.com' and event_name in (
            'DeleteFlowLogs', 'DisableEbsEncryptionByDefault'
        ))
        or (event_source = 's3.amazonaws.com' and event_name in (
            'DeleteAccountPublicAccessBlock', 'DeleteBucketPublicAccessBlock'
        ))
        or (event_source in ('waf.amazonaws.com', 'wafv2.amazonaws.com') and event_name in (
            'DeleteRule', 'DeleteRuleGroup', 'DeleteWebACL', 'DisassociateWebACL'
        ))
        or (event_source = 'events.amazonaws.com' and event_name in ('DeleteRule', 'DisableRule'))
        or (event_source = 'access-analyzer.amazonaws.com' and event_name = 'DeleteAnalyzer')
        or (event_source = 'monitoring.amazonaws.com' and event_name in (
            'DeleteAlarms', 'DisableAlarmActions'
        ))
    )
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('outcome', 'outcome') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
