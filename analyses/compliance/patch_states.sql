select
    captured_at,
    account_id,
    aws_region,
    instance_id,
    is_latest,
    count(case when patch_state in ('Missing', 'Failed', 'InstalledPendingReboot') then 1 end)
        as non_compliant_count,
    {{ joined_texts("case when patch_state = 'Installed' then patch_id end", ', ') }} as installed,
    {{ joined_texts("case when patch_state = 'InstalledOther' then patch_id end", ', ') }} as installed_other,
    {{ joined_texts("case when patch_state = 'InstalledPendingReboot' then patch_id end", ', ') }} as pending_reboot,
    {{ joined_texts("case when patch_state = 'Missing' then patch_id end", ', ') }} as missing,
    {{ joined_texts("case when patch_state = 'Failed' then patch_id end", ', ') }} as failed
from {{ ref('fct_patch_states') }}
where
    {{ within('captured_at', var('since', none), var('until', none)) }}
    and {{ asked_for('account_id', 'account') }}
    and {{ asked_for('aws_region', 'region') }}
    and {{ asked_for('instance_id', 'instance') }}
    and (not {{ argument('latest') }} or is_latest)
group by
    item_key,
    captured_at,
    account_id,
    aws_region,
    instance_id,
    is_latest
order by
    captured_at desc,
    account_id asc,
    aws_region asc,
    instance_id asc
