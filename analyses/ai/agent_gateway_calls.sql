with

calls as (

    select
        account_id,
        aws_region,
        source_ip_address,
        occurred_at,
        {{ json_value_text('resources', [0, 'ARN']) }} as gateway_arn,
        {{ json_value_text('additional_event_data', ['jwt', 'claims', 'sub']) }} as token_subject,
        {{ json_value_text('additional_event_data', ['jwt', 'claims', 'iss']) }} as token_issuer,
        {{ json_value_text('additional_event_data', ['jwt', 'claims', 'scope']) }} as token_scope,
        {{ json_value_text('request_parameters', ['body', 'method']) }} as mcp_method,
        try_cast({{ element_at('response_elements', 'statusCode') }} as bigint) as status_code,
        {{ json_value_text('response_elements', ['body', 'error', 'message']) }} as error_message

    from {{ ref('fct_events') }}

    where
        service = 'bedrock-agentcore'
        -- The same call: the second name is that of the preview.
        and event_name in ('InvokeGateway', 'InvokeMcp')
        and {{ within('occurred_at', var('since', none), var('until', none)) }}
        and {{ asked_for('account_id', 'account') }}
        and {{ asked_for('aws_region', 'region') }}
        and {{ asked_for('source_ip_address', 'address') }}

)

select
    gateway_arn,
    token_subject,
    token_issuer,
    token_scope,
    source_ip_address,
    mcp_method,
    status_code,
    error_message,
    account_id,
    aws_region,
    count(*) as events_count,
    min(occurred_at) as first_called_at,
    max(occurred_at) as last_called_at
from calls
where
    {{ asked_for('token_subject', 'subject') }}
    and (not coalesce({{ argument('refused_only') }}, false) or status_code >= 400)
group by
    gateway_arn,
    token_subject,
    token_issuer,
    token_scope,
    source_ip_address,
    mcp_method,
    status_code,
    error_message,
    account_id,
    aws_region
order by
    count(*) desc,
    gateway_arn asc,
    token_subject asc,
    token_issuer asc,
    token_scope asc,
    source_ip_address asc,
    mcp_method asc,
    status_code asc,
    error_message asc,
    account_id asc,
    aws_region asc
