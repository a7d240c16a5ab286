{{ config(materialized='view') }}

{%- set patches = ['AWS:ComplianceItem', 'Content', 'Patch'] %}

with

items as (

    select
        *,
        {{ json_value_text('configuration', patches) }} as patches

    from {{ ref('int_version_contents') }}

    where
        resource_type = 'AWS::SSM::PatchCompliance'
        and not is_deleted

),

patch_states as (

    select

        ---------- ids
        items.item_key,
        items.account_id,
        replace(items.resource_id, 'AWS::SSM::ManagedInstanceInventory/', '') as instance_id,
        coalesce({{ element_at('parts.value', 'Id') }}, parts.name) as patch_id,

        ---------- strings
        items.aws_region,
        {{ element_at('parts.value', 'PatchState') }} as patch_state,
        {{ element_at('parts.value', 'Status') }} as compliance_status,
        {{ element_at('parts.value', 'PatchSeverity') }} as patch_severity,
        {{ element_at('parts.value', 'Classification') }} as patch_classification,
        {{ element_at('parts.value', 'Title') }} as patch_title,

        ---------- booleans
        items.superseded_at is null as is_latest,

        ---------- timestamps
        items.captured_at

    from items

    cross join {{ members_of('items.patches') }} as parts

    -- Config puts a summary of the patches among them.
    where parts.name <> 'ComplianceSummary'

)

select * from patch_states
