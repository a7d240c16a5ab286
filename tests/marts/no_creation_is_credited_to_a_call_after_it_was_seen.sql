-- Whoever made a resource did so before Config saw it, clocks allowing.
select
    creation_id,
    called_at,
    captured_at

from {{ ref('fct_resource_creations') }}

where called_at > captured_at + {{ interval_seconds(var('clock_slack_seconds')) }}
