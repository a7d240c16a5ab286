-- A test of the tests: of these cases exactly those named `differs` come back.
with

failing as (

    {{ failing_cases([
        ("same", "1 + 1", "2"),
        ("two nulls", "null", "null"),
        ("other types, same text", "2", "'2'"),
        ("differs", "1", "2"),
        ("differs", "null", "1"),
        ("differs", "1", "null"),
        ("differs", "''", "null"),
        ("it's a column", "fixture_column", "'x'"),
    ], {"fixture_column": "'x'"}) }}

),

counted as (

    select
        count(*) as failing_count,
        sum(case when name = 'differs' then 1 else 0 end) as rightly_failing_count

    from failing

)

select *
from counted
where
    failing_count is distinct from 4
    or rightly_failing_count is distinct from 4
