select
    occurred_at,
    tls_version,
    {{ element_at('tls_details', 'cipherSuite') }} as cipher_suite,
    {{ element_at('tls_details', 'clientProvidedHostHeader') }} as requested_host,
    actor,
    event_source,
    event_name,
    account_id,
    aws_region,
    source_ip_address,
    user_agent,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and tls_version <> {{ argument('version') }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('service', 'service') }}
    and {{ asked_actor() }}
order by
    occurred_at desc,
    event_key asc
