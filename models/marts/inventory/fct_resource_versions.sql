{{ config(materialized='view') }}

with

versions as (

    select

        ---------- ids
        item_key,
        account_id,
        resource_id,

        ---------- strings
        aws_region,
        resource_type,
        resource_name,
        resource_arn,
        item_status,
        availability_zone,

        ---------- payloads (JSON text)
        configuration,
        supplementary_configuration,
        tags,
        relationships,

        ---------- numerics
        version_number,
        life_number,
        items_count,

        ---------- booleans
        is_deleted,

        ---------- timestamps
        captured_at,
        last_captured_at,
        superseded_at,
        resource_created_at

    from {{ ref('int_version_contents') }}

)

select * from versions
