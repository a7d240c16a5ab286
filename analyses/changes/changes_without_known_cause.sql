select
    captured_at,
    change_kind,
    resource_type,
    resource_id,
    resource_name,
    account_id,
    aws_region,
    match_kind,
    properties_changed_count,
    previous_seen_at,
    change_id
from {{ ref('fct_configuration_changes') }}
where
    match_kind in ('none', 'no_logs')
    and {{ within('captured_at', var('since', none), var('until', none)) }}
order by
    captured_at desc,
    change_id asc
