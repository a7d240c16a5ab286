select attributions.event_key

from {{ ref('fct_change_attributions') }} as attributions

inner join {{ ref('fct_unattributed_events') }} as events
    on attributions.event_key = events.event_key
