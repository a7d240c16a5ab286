-- A modification without a changed property is none, but for the resource's name and for what was
-- there again, right after a deletion, as it was before.
select changes.change_id

from {{ ref('int_configuration_changes') }} as changes

inner join {{ ref('int_configuration_versions') }} as versions
    on changes.change_id = versions.item_key

inner join {{ ref('int_configuration_versions') }} as previous
    on versions.previous_item_key = previous.item_key

where
    changes.change_kind in ('modified', 'tags_only', 'relationship_only')
    and changes.properties_changed_count = 0
    and versions.resource_name is not distinct from previous.resource_name
    and not previous.is_deleted
