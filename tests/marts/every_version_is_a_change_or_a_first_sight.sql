-- A version that is neither is lost; a first sight is the first of a life, and no deletion.
select versions.item_key

from {{ ref('int_configuration_versions') }} as versions

left join {{ ref('fct_configuration_changes') }} as changes
    on versions.item_key = changes.change_id

where
    changes.change_id is null
    and (
        not versions.is_first_of_life
        or versions.is_deleted
        or versions.life_number > 1
    )
