"""Macros for numbers, and texts that become them."""

from typing import Final

MACROS: Final = r"""
create macro lake_quotient(a, b, s) as round(cast(a as double) / cast(b as double), s);
create macro lake_round(x, n) as
    case when isfinite(x) then round(x, cast(n as integer)) else x end;
-- Where DuckDB fails, Trino has infinity or no number. NaN is more than all numbers.
create macro lake_ln(x) as
    case when x > 0 then ln(x) when x = 0 then cast('-inf' as double)
    when x < 0 then cast('nan' as double) end;
create macro lake_log10(x) as
    case when x > 0 then log10(x) when x = 0 then cast('-inf' as double)
    when x < 0 then cast('nan' as double) end;
create macro lake_log2(x) as
    case when x > 0 then log2(x) when x = 0 then cast('-inf' as double)
    when x < 0 then cast('nan' as double) end;
create macro lake_sqrt(x) as case when x < 0 then cast('nan' as double) else sqrt(x) end;
create macro lake_asin(x) as case when abs(x) > 1 then cast('nan' as double) else asin(x) end;
create macro lake_acos(x) as case when abs(x) > 1 then cast('nan' as double) else acos(x) end;
create macro lake_sin(x) as case when isinf(x) then cast('nan' as double) else sin(x) end;
create macro lake_cos(x) as case when isinf(x) then cast('nan' as double) else cos(x) end;
create macro lake_tan(x) as case when isinf(x) then cast('nan' as double) else tan(x) end;
create macro lake_modulo(a, b, place) as
    case when case when b = 0 then lake_fail(place, 'Division by zero') else false end then null
    else a % b end;
create macro lake_integer(t, kind, place) as
    case when t is null then null
    when regexp_matches(t, '^\s*[+-]?\d{1,19}\s*$') then cast_to_type(t, kind)
    when lake_fail(place, 'Cannot cast ''' || t || ''' to an integer')
        then null end;
create macro lake_number(t, kind, place) as
    case
        when t is null then null
        when try_cast(case when regexp_matches(
                t, '^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$|^(NaN|[+-]?Infinity)$')
            then t end as double) is not null then cast_to_type(trim(t), kind)
        when lake_fail(place, 'Cannot cast ''' || t || ''' to a number') then null
    end;
create macro lake_boolean(t, place) as
    case lower(t)
        when 'true' then true when 't' then true when '1' then true
        when 'false' then false when 'f' then false when '0' then false
        else lake_fail(place, 'Cannot cast ''' || t || ''' to boolean')
    end;
create macro lake_double_text(x) as
    case
        when x is null then null
        when isnan(x) then 'NaN'
        when isinf(x) then case when x > 0 then 'Infinity' else '-Infinity' end
        when x = 0 then '0E0'
        else [
            case when x < 0 then '-' else '' end
            || d[1] || '.' || coalesce(nullif(d[2:], ''), '0')
            || 'E' || cast(cast(floor(log10(abs(x)) + 1e-12) as integer) as varchar)
            for d in [regexp_replace(regexp_replace(replace(
                regexp_extract(cast(abs(x) as varchar), '^[^e]+'), '.', ''), '^0+', ''), '0+$', '')]
        ][1]
    end;
-- As Java prints it: 1.0, 1.5E10.
create macro lake_double_plain(x) as
    case when x = 0 or (abs(x) >= 0.001 and abs(x) < 10000000) then cast(x as varchar)
    else lake_double_text(x) end;
create macro lake_width_bucket(x, a, b, n, place) as
    case
        when case
            when n < 1 then lake_fail(place, 'The number of buckets must be greater than 0')
            when a = b then lake_fail(place, 'Bounds cannot equal each other')
            else false end
        then null
        when x < a then 0
        when x >= b then n + 1
        else cast(floor((x - a) / (b - a) * n) as bigint) + 1
    end;
create macro lake_digits_of(t) as [
    cast(strpos('0123456789abcdefghijklmnopqrstuvwxyz', c) - 1 as bigint)
    for c in string_split(regexp_replace(lower(t), '^[+-]', ''), '')
];
create macro lake_from_base(t, b, place) as
    case when case
        when b < 2 or b > 36 then lake_fail(place, 'Radix must be between 2 and 36')
        when len([d for d in lake_digits_of(t) if d not between 0 and b - 1]) > 0
            then lake_fail(place, 'Not a valid base-' || b || ' number: ' || t)
        else false end
    then null else case when starts_with(t, '-') then -1 else 1 end
        * list_reduce(list_prepend(cast(0 as bigint), lake_digits_of(t)), lambda x, y: x * b + y)
    end;
"""
