{#-
    event_fields()

    A Jinja dictionary: each top-level field of a CloudTrail record, by its AWS name and in AWS's
    order, and the column of `stg_cloudtrail__events` that holds it as it was sent.
-#}
{% macro event_fields() -%}
    {{ return({
        "eventVersion": "event_version",
        "userIdentity": "user_identity",
        "eventTime": "_event_time_sent",
        "eventSource": "event_source",
        "eventName": "event_name",
        "awsRegion": "aws_region",
        "sourceIPAddress": "source_ip_address",
        "userAgent": "user_agent",
        "errorCode": "error_code",
        "errorMessage": "error_message",
        "requestParameters": "request_parameters",
        "responseElements": "response_elements",
        "additionalEventData": "additional_event_data",
        "requestID": "request_id",
        "eventID": "event_id",
        "readOnly": "_read_only_sent",
        "resources": "resources",
        "eventType": "event_type",
        "apiVersion": "api_version",
        "managementEvent": "_management_event_sent",
        "recipientAccountId": "account_id",
        "sharedEventID": "shared_event_id",
        "annotation": "annotation",
        "vpcEndpointId": "vpc_endpoint_id",
        "vpcEndpointAccountId": "vpc_endpoint_account_id",
        "serviceEventDetails": "service_event_details",
        "addendum": "addendum",
        "edgeDeviceDetails": "edge_device_details",
        "insightDetails": "insight_details",
        "eventCategory": "event_category",
        "tlsDetails": "tls_details",
        "sessionCredentialFromConsole": "session_credential_from_console",
        "eventContext": "event_context",
    }) }}
{%- endmacro %}
