-- Each change is put down to events, or said to have none: never both, and never neither.
select changes.change_id

from {{ ref('fct_configuration_changes') }} as changes

left join {{ ref('fct_change_attributions') }} as attributions
    on changes.change_id = attributions.change_id

group by
    changes.change_id,
    changes.match_kind

having
    count(attributions.attribution_id) = 0
    or (
        changes.match_kind in ('none', 'no_logs')
        and (count(attributions.event_key) > 0 or count(*) > 1)
    )
    or (
        changes.match_kind in ('exact', 'shared', 'indirect')
        and count(attributions.event_key) < count(*)
    )
