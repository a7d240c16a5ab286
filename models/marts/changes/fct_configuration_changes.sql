{{ config(
    materialized=kept_materialization(),
    incremental_strategy='replace_said',
    post_hook="{{ mark_changes_said() }}",
) }}

with

causes as (

    select
        causes.change_id,
        verdicts.causes_count = 1 as is_only_cause,
        writes.*,
        row_number() over (
            partition by causes.change_id
            order by writes.occurred_at desc, causes.event_key asc
        ) as place

    from {{ ref('int_change_causes') }} as causes

    -- A wrong name is worse than none: an actor stands here where all candidates are one.
    inner join {{ ref('int_change_verdicts') }} as verdicts
        on
            causes.change_id = verdicts.change_id
            and verdicts.actors_count = 1

    inner join {{ ref('int_writes') }} as writes
        on causes.event_key = writes.event_key

    where {{ is_to_be_said('causes.change_id') }}

),

named as (

    select
        change_id,
        case when is_only_cause then event_key end as event_key,
        case when is_only_cause then event_id end as event_id,
        event_source,
        case when is_only_cause then event_name end as event_name,
        actor_arn,
        actor_type,
        actor_account_id,
        session_issuer_arn,
        session_issuer_name,
        session_name,
        source_identity,
        identity_center_user_id,
        person,
        invoked_by,
        case when is_only_cause then source_ip_address end as source_ip_address,
        case when is_only_cause then user_agent end as user_agent,
        is_mfa_authenticated,
        is_from_console,
        occurred_at

    from causes

    where place = 1

),

changes as (

    select

        ---------- ids
        changes.change_id,
        changes.account_id,
        changes.resource_id,
        named.event_key,
        named.event_id,

        ---------- strings
        changes.aws_region,
        changes.resource_type,
        changes.resource_name,
        changes.resource_arn,
        changes.change_kind,
        verdicts.match_kind,
        named.event_source,
        named.event_name,
        named.actor_arn,
        named.actor_type,
        named.actor_account_id,
        named.session_issuer_arn,
        named.session_issuer_name,
        named.session_name,
        named.source_identity,
        named.identity_center_user_id,
        named.person,
        named.invoked_by,
        named.source_ip_address,
        named.user_agent,

        ---------- numerics
        cast(changes.properties_changed_count as bigint) as properties_changed_count,
        cast(verdicts.causes_count as bigint) as causes_count,
        {{ dbt.datediff('named.occurred_at', 'changes.captured_at', 'second') }} as lag_seconds,

        ---------- booleans
        named.is_mfa_authenticated,
        named.is_from_console,

        ---------- timestamps
        changes.captured_at,
        changes.previous_seen_at,
        named.occurred_at

    from {{ ref('int_configuration_changes') }} as changes

    inner join {{ ref('int_change_verdicts') }} as verdicts
        on changes.change_id = verdicts.change_id

    left join named
        on changes.change_id = named.change_id

    where {{ is_to_be_said('changes.change_id') }}

)

select * from changes
