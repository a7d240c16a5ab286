with

source as (

    select * from {{ source('landing', 'ledger') }}

),

typed as (

    select

        ---------- ids
        batch_id,

        ---------- strings
        category,
        store,
        change,

        ---------- numerics
        files_count,
        records_count,
        addenda_count,
        bytes_count,

        ---------- timestamps
        cast(day as date) as day,
        first_at,
        last_at,
        committed_at

    from source

)

select * from typed
