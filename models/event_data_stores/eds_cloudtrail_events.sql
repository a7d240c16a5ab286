with

events as (

    select *

    from {{ ref('int_events_deduplicated') }}

    where coalesce(event_category, '') <> 'Insight'

),

records as (

    select
        *,
        {{ landed_record('landing', 'cloudtrail_events', columns=event_columns_as_sent()) }}
            as landed_json

    from events

),

-- Half a character is no text: DuckDB takes a record that holds one for no JSON at all.
mended as (

    select
        *,
        {{ mended_json('landed_json') }} as record_json

    from records

),

lake_columns as (

    select
        event_version as eventversion,
        {{ user_identity('user_identity') }} as useridentity,
        occurred_at as eventtime,
        event_source as eventsource,
        event_name as eventname,
        aws_region as awsregion,
        source_ip_address as sourceipaddress,
        user_agent as useragent,
        error_code as errorcode,
        error_message as errormessage,
        {{ json_map('request_parameters') }} as requestparameters,
        {{ json_map('response_elements') }} as responseelements,
        {{ json_map('additional_event_data') }} as additionaleventdata,
        request_id as requestid,
        event_id as eventid,
        is_read_only as readonly,
        {{ json_struct_array('resources', {
            'accountid': ['accountId'],
            'type': ['type'],
            'arn': ['ARN', 'arn'],
            'arnprefix': ['ARNPrefix', 'arnPrefix'],
        }) }} as resources,
        event_type as eventtype,
        api_version as apiversion,
        is_management_event as managementevent,
        account_id as recipientaccountid,
        shared_event_id as sharedeventid,
        annotation,
        vpc_endpoint_id as vpcendpointid,
        vpc_endpoint_account_id as vpcendpointaccountid,
        {{ json_map('service_event_details') }} as serviceeventdetails,
        {{ json_map('addendum') }} as addendum,
        {{ json_map('edge_device_details') }} as edgedevicedetails,
        {{ json_map('insight_details') }} as insightdetails,
        event_category as eventcategory,
        case when tls_details is not null then
            {{ named_struct([
                ('tlsversion', 'varchar', element_at('tls_details', 'tlsVersion')),
                ('ciphersuite', 'varchar', element_at('tls_details', 'cipherSuite')),
                (
                    'clientprovidedhostheader',
                    'varchar',
                    element_at('tls_details', 'clientProvidedHostHeader'),
                ),
            ]) }}
        end as tlsdetails,
        session_credential_from_console as sessioncredentialfromconsole,
        record_json as eventjson,
        {{ sha256_hex('record_json') }} as eventjsonchecksum,
        {{ event_context('event_context') }} as eventcontext,
        _store,
        is_primary

    from mended

)

select * from lake_columns
