with

items as (

    select
        *,
        {{ uuid5(var('configuration_item_namespace'), 'item_key') }} as event_id

    from {{ ref('int_configuration_items_deduplicated') }}

),

lake_columns as (

    select
        cast(null as varchar) as eventversion,
        'ConfigurationItem' as eventcategory,
        'AwsConfigurationItem' as eventtype,
        event_id as eventid,
        captured_at as eventtime,
        aws_region as awsregion,
        account_id as recipientaccountid,
        cast(null as map(varchar, varchar)) as addendum,
        {{ named_struct([
            ('configurationitemversion', 'varchar', 'item_version'),
            ('configurationitemcapturetime', 'varchar', 'captured_at_sent'),
            ('configurationitemstatus', 'varchar', 'item_status'),
            ('configurationitemstateid', 'varchar', 'state_id'),
            ('accountid', 'varchar', 'account_id'),
            ('resourcetype', 'varchar', 'resource_type'),
            ('resourceid', 'varchar', 'resource_id'),
            ('resourcename', 'varchar', 'resource_name'),
            ('arn', 'varchar', 'resource_arn'),
            ('awsregion', 'varchar', 'aws_region'),
            ('availabilityzone', 'varchar', 'availability_zone'),
            ('resourcecreationtime', 'varchar', 'resource_created_at_sent'),
            ('configuration', 'map(varchar, varchar)', json_map('configuration')),
            (
                'supplementaryconfiguration',
                'map(varchar, varchar)',
                json_map('supplementary_configuration'),
            ),
            ('relatedevents', 'varchar', 'related_events'),
            (
                'relationships',
                'array(row(name varchar, resourcetype varchar, resourceid varchar,'
                ~ ' resourcename varchar))',
                json_struct_array('relationships', {
                    'name': ['name', 'relationshipName'],
                    'resourcetype': ['resourceType'],
                    'resourceid': ['resourceId'],
                    'resourcename': ['resourceName'],
                }),
            ),
            ('tags', 'map(varchar, varchar)', json_map('tags')),
        ]) }} as eventdata,
        {{ json_object_text({
            'eventCategory': "'\"ConfigurationItem\"'",
            'eventType': "'\"AwsConfigurationItem\"'",
            'eventID': json_text('event_id'),
            'eventTime': json_text('captured_at_sent'),
            'awsRegion': json_text('aws_region'),
            'recipientAccountId': json_text('account_id'),
            'eventData': json_object_text({
                'configurationItemVersion': json_text('item_version'),
                'configurationItemCaptureTime': json_text('captured_at_sent'),
                'configurationItemStatus': json_text('item_status'),
                'configurationItemStateId': json_text('state_id'),
                'accountId': json_text('account_id'),
                'resourceType': json_text('resource_type'),
                'resourceId': json_text('resource_id'),
                'resourceName': json_text('resource_name'),
                'arn': json_text('resource_arn'),
                'awsRegion': json_text('aws_region'),
                'availabilityZone': json_text('availability_zone'),
                'resourceCreationTime': json_text('resource_created_at_sent'),
                'configuration': json_document('configuration'),
                'supplementaryConfiguration': json_document('supplementary_configuration'),
                'relatedEvents': json_document('related_events'),
                'relationships': json_document('relationships'),
                'tags': json_document('tags'),
            }),
        }) }} as eventjson,
        _store,
        is_primary

    from items

)

select * from lake_columns
