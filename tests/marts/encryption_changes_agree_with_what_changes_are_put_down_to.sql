-- Where an item shows an encryption change, the change of that item is put down to the same call.
select encryption_changes.*
from {{ ref('fct_bucket_encryption_changes') }} as encryption_changes
inner join {{ ref('fct_configuration_property_changes') }} as properties
    on
        encryption_changes.item_key = properties.change_id
        and properties.property_path like 'ServerSideEncryptionConfiguration%'
where
    encryption_changes.evidence = 'event_and_item'
    and not exists (
        select 1
        from {{ ref('fct_change_attributions') }} as attributions
        where
            attributions.change_id = encryption_changes.item_key
            and attributions.event_id = encryption_changes.event_id
    )
