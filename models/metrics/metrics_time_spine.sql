with

digits as (

    select 0 as digit
    {%- for digit in range(1, 10) %}
    union all select {{ digit }}
    {%- endfor %}

),

-- The numbers from 0 to 9999: days enough for 27 years.
numbers as (

    select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as number

    from digits as ones

    cross join digits as tens

    cross join digits as hundreds

    cross join digits as thousands

),

recorded as (

    select
        cast(min(hour_starts_at) as date) as first_day,
        cast(max(hour_starts_at) as date) as last_day

    from {{ ref('int_coverage') }}

),

days as (

    select
        cast(
            {{ dbt.dateadd('day', 'numbers.number', 'recorded.first_day') }} as date
        ) as metric_date

    from recorded

    inner join numbers
        on numbers.number <= {{ dbt.datediff('recorded.first_day', 'recorded.last_day', 'day') }}

)

select * from days
