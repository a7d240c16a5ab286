select
    resource_type,
    resource_id,
    max(resource_name) as resource_name,
    account_id,
    aws_region,
    count(*) as changes_count,
    count(distinct actor_arn) as actors_count,
    max(captured_at) as captured_at
from {{ ref('fct_configuration_changes') }}
where {{ within('captured_at', var('since', none), var('until', none)) }}
group by
    resource_type,
    resource_id,
    account_id,
    aws_region
order by
    count(*) desc,
    resource_type asc,
    resource_id asc
