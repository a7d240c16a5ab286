"""Macros for arrays and maps."""

from typing import Final

MACROS: Final = r"""
create macro lake_element(a, n, place) as
    case
        when case when n = 0 and a is not null
            then lake_fail(place, 'SQL array indices start at 1') else false end then null
        else a[n]
    end;
create macro lake_any(a) as
    case when a is null then null
    when list_contains(a, true) then true
    when list_count(a) < len(a) then null else false end;
create macro lake_all(a) as
    case when a is null then null
    when list_contains(a, false) then false
    when list_count(a) < len(a) then null else true end;
create macro lake_contains(a, e) as
    case when a is null or e is null then null
    when list_contains(a, e) then true
    when list_count(a) < len(a) then null else false end;
create macro lake_concat(a, b) as
    case when a is null or b is null then null else list_concat(a, b) end;
create macro lake_holds(a, e) as
    coalesce(list_contains(a, e), false) or (e is null and list_count(a) < len(a));
create macro lake_distinct(a) as
    list_filter(a, lambda e, i: not lake_holds(a[1:i - 1], e));
create macro lake_overlap(a, b) as
    case when a is null or b is null then null
    when list_has_any(list_filter(a, lambda e: e is not null), b) then true
    when len(a) > 0 and len(b) > 0 and (list_count(a) < len(a) or list_count(b) < len(b))
        then null else false end;
create macro lake_array_join(a, b, c) as
    case when a is null then null
    when len([e for e in a if coalesce(cast(e as varchar), c) is not null]) = 0 then ''
    else list_reduce(
        [coalesce(cast(e as varchar), c) for e in a if coalesce(cast(e as varchar), c) is not null],
        lambda x, y: x || b || y) end;
create macro lake_array_max(a) as
    case when list_count(a) < len(a) then null else list_max(a) end;
create macro lake_array_min(a) as
    case when list_count(a) < len(a) then null else list_min(a) end;
create macro lake_slice(a, b, n, place) as
    case
        when case
            when b = 0 then lake_fail(place, 'SQL array indices start at 1')
            when n < 0 then lake_fail(place, 'Length must be greater than or equal to 0')
            else false end
        then null
        when b < 0 and -b > len(a) then a[1:0]
        when b < 0 then a[len(a) + b + 1:len(a) + b + n]
        else a[b:b + n - 1]
    end;
-- As many as Trino's arrays may have of the functions that make them: DuckDB cannot be stopped
-- while it makes one.
create macro lake_count(n, place) as
    case when lake_check(n > 10000, place, 'This makes more than 10000 elements')
    then null else n end;
create macro lake_times(n, place) as
    case when lake_check(n < 0, place, 'The count must be greater than or equal to 0')
    then null else lake_count(n, place) end;
-- A step that is none, or leads away: told by its sign and that of the way.
create macro lake_step(way, step, place) as
    case when case
        when step = 0 then lake_fail(place, 'The step must not be zero')
        when way * step < 0 then lake_fail(place, 'The step leads away from the stop value')
        else false end
    then null else step end;
create macro lake_sequence(a, b, step, place) as
    case
        when lake_step(sign(cast(b as hugeint) - a), sign(step), place) is null then null
        when lake_count(abs(cast(b as hugeint) - a) // abs(step), place) is null then null
        else generate_series(cast(a as bigint), cast(b as bigint), step)
    end;
create macro lake_moments(a, b, step, place) as
    case
        when lake_step(sign(epoch(b) - epoch(a)), sign(date_part('epoch', step)), place) is null
            then null
        when lake_count(
            cast((epoch(b) - epoch(a)) / date_part('epoch', step) as bigint), place) is null
            then null
        else generate_series(cast(a as timestamp), cast(b as timestamp), step)
    end;
create macro lake_trim(a, n, place) as
    case when case
        when n < 0 then lake_fail(place, 'Size must not be negative: ' || n)
        when n > len(a) then
            lake_fail(place, 'Size must not exceed array cardinality ' || len(a) || ': ' || n)
        else false end
    then null else a[1 : len(a) - n] end;
create macro lake_ngrams(a, n, place) as
    case when lake_check(n < 1, place, 'N must be positive') then null
    when len(a) < n then [a] else [a[i:i + n - 1] for i in range(1, len(a) - n + 2)] end;
create macro lake_has_sequence(a, b) as
    len(b) = 0 or len([i for i in range(1, len(a) - len(b) + 2) if a[i:i + len(b) - 1] = b]) > 0;
-- The largest of what a map counts, so many of them.
create macro lake_most(m, n) as
    case when m is not null then map_from_entries([
        {'key': e.key, 'value': -e.negated}
        for e in list_sort([{'negated': -x.value, 'key': x.key} for x in map_entries(m)])[1:n]
    ]) end;
create macro lake_map_entries(m) as
    [{'field0': e.key, 'field1': e.value} for e in map_entries(m)];
create macro lake_map_of(pairs) as
    case when pairs is null then null else map_from_entries(list_filter(pairs, lambda e, i:
        e.key is not null and not list_contains([x.key for x in pairs[1:i - 1]], e.key))) end;
create macro lake_multimap_of(pairs) as
    case when pairs is null then null else map_from_entries([
        {'key': k, 'value': [x.value for x in pairs if x.key = k]}
        for k in lake_distinct([x.key for x in pairs if x.key is not null])
    ]) end;
"""
