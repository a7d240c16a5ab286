"""Macros for moments and intervals."""

from typing import Final

MACROS: Final = r"""
create macro lake_local(z) as
    case
        when z is null then null
        when z.zone = 'UTC' then z.at
        when regexp_matches(z.zone, '^[+-]\d\d:\d\d$')
            then z.at + to_minutes(cast(z.zone[1] || '1' as integer)
                * (cast(z.zone[2:3] as integer) * 60 + cast(z.zone[5:6] as integer)))
        else timezone(z.zone, timezone('UTC', z.at))
    end;
create macro lake_zoned(t, z) as
    case
        when t is null or z is null then null
        when z in ('UTC', 'Z') then {'at': cast(t as timestamp), 'zone': 'UTC'}
        when regexp_matches(z, '^[+-]\d\d:?\d\d$') then {
            'at': cast(t as timestamp) - to_minutes(cast(z[1] || '1' as integer)
                * (cast(z[2:3] as integer) * 60 + cast(z[-2:] as integer))),
            'zone': z[1:3] || ':' || z[-2:]
        }
        else {'at': timezone('UTC', timezone(z, cast(t as timestamp))), 'zone': z}
    end;
create macro lake_shift(z, i) as lake_zoned(lake_local(z) + i, z.zone);
create macro lake_later(z, i) as
    case when z is not null then {'at': z.at + i, 'zone': z.zone} end;
create macro lake_trunc(u, z) as lake_zoned(date_trunc(u, lake_local(z)), z.zone);
create macro lake_timestamp_text(t, digits) as
    case digits
        when 0 then strftime(t, '%Y-%m-%d %H:%M:%S')
        when 3 then strftime(t, '%Y-%m-%d %H:%M:%S.%g')
        else strftime(t, '%Y-%m-%d %H:%M:%S.') || left(strftime(t, '%f'), digits)
    end;
create macro lake_digits(t, digits) as
    make_timestamp(cast(round(epoch_us(t), cast(digits - 6 as integer)) as bigint));
create macro lake_zoned_text(z) as
    strftime(lake_local(z), '%Y-%m-%d %H:%M:%S.%g') || ' ' || z.zone;
create macro lake_offset(z, colon) as
    [case when m < 0 then '-' else '+' end
        || printf('%02d', abs(m) // 60) || colon || printf('%02d', abs(m) % 60)
     for m in [cast(date_diff('minute', z.at, lake_local(z)) as integer)]][1];
-- Of a zone that has a name DuckDB does not tell what its time is called there: EST, CEST.
create macro lake_zone_name(z, utc, place) as
    case when z.zone = 'UTC' then utc when regexp_matches(z.zone, '^[+-]') then z.zone
    when lake_fail(place, 'The time of ' || z.zone || ' has no short name here: write ZZZ or Z')
    then null end;
create macro lake_zoned_iso8601(z) as
    strftime(lake_local(z), '%Y-%m-%dT%H:%M:%S.%g') || case when z.zone = 'UTC' then 'Z'
    when regexp_matches(z.zone, '^[+-]') then z.zone else lake_offset(z, ':') end;
create macro lake_date(t, place) as
    case when t is null then null
    when regexp_matches(t, '^\s*[+-]?\d{1,4}-\d{1,2}-\d{1,2}\s*$')
            and try_cast(t as date) is not null
        then try_cast(t as date)
    when lake_fail(place, 'Value cannot be cast to date: ' || t)
        then null end;
create macro lake_timestamp(t, place) as
    case when t is null then null
    when regexp_matches(
            t, '^\s*\d{1,4}-\d{1,2}-\d{1,2}( \d{1,2}:\d\d(:\d\d(\.\d+)?)?( ?\S+)?)?\s*$')
            and try_cast(regexp_extract(t, '^\s*(\S+( [\d:.]+)?)', 1) as timestamp) is not null
        then try_cast(regexp_extract(t, '^\s*(\S+( [\d:.]+)?)', 1) as timestamp)
    when lake_fail(place, 'Value cannot be cast to timestamp: ' || t)
        then null end;
create macro lake_moment(t, place) as
    case when t is null then null
    when regexp_matches(t, '^\s*\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?\s*$')
            and try_cast(t as timestamp) is not null
        then try_cast(t as timestamp)
    when regexp_matches(t, '^\s*\d{4}-\d\d-\d\d[ T]\d\d:\d\d'
                || '(:\d\d(\.\d+)?)?( ?UTC|Z|[+-]\d\d:\d\d)\s*$')
            and try_cast(regexp_replace(trim(t), ' ?UTC', 'Z') as timestamptz) is not null
        then timezone('UTC', try_cast(regexp_replace(trim(t), ' ?UTC', 'Z') as timestamptz))
    when regexp_matches(
            t, '^\s*\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)? [A-Za-z_]+(/[\w+-]+)+\s*$')
            and try_cast(regexp_extract(t, '^\s*(.*) ', 1) as timestamp) is not null
        then timezone('UTC', timezone(
            regexp_extract(t, '(\S+)\s*$', 1),
            try_cast(regexp_extract(t, '^\s*(.*) ', 1) as timestamp)))
    when lake_fail(place, 'Value cannot be cast to timestamp: ' || t) then null end;
create macro lake_iso8601(t, place) as
    case when t is null then null
    when regexp_matches(t, '^\d{4}(-\d\d(-\d\d)?)?'
            || '(T\d\d(:?\d\d(:?\d\d(\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?)?$')
        then lake_zoned(
            try_cast(rpad(left(t, 10), 10, '-01')
                || coalesce(nullif(' ' || regexp_extract(t, 'T([\d:.]+)', 1), ' '), '')
                as timestamp),
            coalesce(nullif(regexp_extract(t, 'T.*?(Z|[+-]\d\d:?\d\d)$', 1), ''), 'UTC'))
    when lake_fail(place, 'Invalid format: "' || t || '"') then null end;
create macro lake_date_diff(u, a, b) as
    case u
        when 'quarter' then date_sub('month', a, b) // 3
        else case u
            when 'year' then date_sub('month', a, b) // 12
            when 'month' then date_sub('month', a, b)
            when 'week' then date_sub('day', a, b) // 7
            when 'day' then date_sub('day', a, b)
            when 'hour' then date_sub('hour', a, b)
            when 'minute' then date_sub('minute', a, b)
            when 'second' then date_sub('second', a, b)
            else date_sub('millisecond', a, b) end
    end;
create macro to_quarters(n) as to_months(3 * n);
create macro lake_milliseconds(i) as cast(epoch_ms(i) as bigint);
create macro lake_interval_text(i) as [
    case when ms < 0 then '-' else '' end || (abs(ms) // 86400000) || ' '
    || lpad(cast((abs(ms) // 3600000) % 24 as varchar), 2, '0') || ':'
    || lpad(cast((abs(ms) // 60000) % 60 as varchar), 2, '0') || ':'
    || lpad(cast((abs(ms) // 1000) % 60 as varchar), 2, '0') || '.'
    || lpad(cast(abs(ms) % 1000 as varchar), 3, '0')
    for ms in [cast(epoch_ms(i) as bigint)]
][1];
create macro lake_months_text(i) as [
    case when m < 0 then '-' else '' end || (abs(m) // 12) || '-' || (abs(m) % 12)
    for m in [cast(datepart('year', i) * 12 + datepart('month', i) as bigint)]
][1];
"""
