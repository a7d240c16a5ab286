-- An item that first shows a change shows that of one request.
select item_key

from {{ ref('fct_bucket_encryption_changes') }}

where item_key is not null

group by item_key

having count(*) > 1
