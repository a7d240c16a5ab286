with

policies as (

    select
        *,
        coalesce(
            {{ element_at('request_parameters', 'bucketPolicy') }},
            {{ element_at('request_parameters', 'policyText') }},
            {{ element_at('request_parameters', 'accessPolicies') }},
            {{ element_at('request_parameters', 'resourcePolicy') }},
            {{ json_value_text('request_parameters', ['policy', 'policy']) }},
            {{ element_at('request_parameters', 'policy') }},
            {{ json_value_text('request_parameters', ['attributes', 'Policy']) }},
            {{ element_at('request_parameters', 'attributeValue') }}
        ) as policy,
        coalesce(
            {{ element_at('request_parameters', 'bucketName') }},
            {{ element_at('request_parameters', 'repositoryName') }},
            {{ element_at('request_parameters', 'domainName') }},
            {{ element_at('request_parameters', 'keyId') }},
            {{ element_at('request_parameters', 'queueUrl') }},
            {{ element_at('request_parameters', 'topicArn') }},
            {{ element_at('request_parameters', 'name') }},
            {{ element_at('request_parameters', 'secretId') }},
            {{ element_at('request_parameters', 'vaultName') }}
        ) as resource

    from {{ ref('fct_events') }}

    where
        {{ within('occurred_at', var('since', none), var('until', none)) }}
        and event_name in (
            'CreateDomain', 'CreateElasticsearchDomain', 'CreateKey', 'CreateQueue', 'CreateTopic',
            'PutBucketPolicy', 'PutKeyPolicy', 'PutResourcePolicy', 'SetQueueAttributes',
            'SetRepositoryPolicy', 'SetTopicAttributes', 'SetVaultAccessPolicy',
            'UpdateDomainConfig', 'UpdateElasticsearchDomainConfig'
        )
        and outcome = 'succeeded'
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('service', 'service') }}
        and {{ asked_actor() }}

),

opened as (

    select
        *,
        {{ json_value_text('policy', ['Statement']) }} as statements

    from policies

),

-- One statement may stand without its list.
listed as (

    select
        opened.*,
        element as statement,
        {{ element_at('element', 'Effect') }} as effect,
        {{ element_at('element', 'Principal') }} as principal

    from opened

    cross join {{ elements_of(
        "case when statements like '[%' then statements "
        ~ "when statements like '{%' then concat('[', statements, ']') end"
    ) }} as parts

)

select
    occurred_at,
    event_source,
    event_name,
    resource,
    {{ element_at('statement', 'Condition') }} is not null as has_condition,
    statement,
    actor,
    actor_arn,
    account_id,
    aws_region,
    source_ip_address,
    event_id
from listed
where
    effect = 'Allow'
    and (
        principal = '*'
        or {{ element_at('principal', 'AWS') }} = '*'
        or strpos({{ element_at('principal', 'AWS') }}, '"*"') > 0
    )
order by
    occurred_at desc,
    event_key asc,
    statement asc
