select
    occurred_at,
    aws_region,
    event_source,
    event_name,
    outcome,
    actor,
    account_id,
    source_ip_address,
    event_id
from {{ ref('fct_events') }}
where
    {{ within('occurred_at', var('since', none), var('until', none)) }}
    and strpos(
        concat(',', replace({{ argument('regions') }}, ' ', ''), ','), concat(',', aws_region, ',')
    ) = 0
    and {{ asked_for('account_id', 'account') }}
    and (not coalesce({{ argument('writes_only') }}, false) or not coalesce(is_read_only, false))
order by
    occurred_at desc,
    event_key asc
