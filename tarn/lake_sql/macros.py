"""What DuckDB lacks of Trino's functions, as macros in DuckDB's SQL.

They are made in the connection's own database before it is locked. A macro's argument is put in
wherever it is named: what is named often, and may be long, is bound once by a list of one element.
An error is a cast that fails, with the place in the user's query and the message behind `lake:`;
`error()` is volatile, and `try()` refuses what is volatile. Where the place is null there is no
error but null.
"""

from typing import Final

import duckdb

_TEXT: Final = r"""
create macro lake_fail(place, message) as cast('lake:' || place || message as boolean);
create macro lake_blanks() as chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || ' ';
create macro lake_replace(a, b, c) as
    case when b = '' then c || array_to_string(string_split(a, ''), c) || c
    else replace(a, b, c) end;
create macro lake_substring(a, b, c) as [
    case
        when v.t is null or v.b is null or (c is null and v.given) then null
        when v.b = 0 or abs(v.b) > length(v.t) then ''
        when v.given then substring(
            v.t, case when v.b < 0 then length(v.t) + v.b + 1 else v.b end, greatest(c, 0))
        else substring(v.t, case when v.b < 0 then length(v.t) + v.b + 1 else v.b end)
    end
    for v in [{'t': a, 'b': b, 'given': c is not null}]
][1];
create macro lake_nth_position(a, b, n) as [
    case
        when v.a is null or v.b is null then null
        when n > len(v.parts) - 1 then 0
        else cast(list_sum([length(p) for p in v.parts[1:n]]) + (n - 1) * length(v.b) + 1 as bigint)
    end
    for v in [{'a': a, 'b': b, 'parts': string_split(a, b)}]
][1];
create macro lake_split(a, b, n) as [
    case
        when len(parts) <= n then parts
        else list_append(parts[1:n - 1], list_reduce(parts[n:], lambda x, y: x || b || y))
    end
    for parts in [string_split(a, b)]
][1];
create macro lake_split_part(a, b, n) as [parts[n] for parts in [string_split(a, b)]][1];
create macro lake_split_to_map(a, b, c) as
    map_from_entries([
        {'key': split_part(e, c, 1), 'value': substring(e, length(split_part(e, c, 1)) + 1 + length(c))}
        for e in string_split(a, b) if e <> ''
    ]);
create macro lake_regexp_extract(a, b, n) as [
    case when regexp_matches(v.a, v.b)
        then regexp_extract_all(v.a, v.b, cast(n as integer))[1] end
    for v in [{'a': a, 'b': b}]
][1];
create macro lake_replacement(a) as
    regexp_replace(replace(a, '\', '\\'), '\$(?:\{(\d)\}|(\d))', '\\\1\2', 'g');
create macro lake_regexp_position(a, b) as [
    case
        when v.a is null or v.b is null then null
        when regexp_matches(v.a, v.b) then cast(strpos(v.a, regexp_extract(v.a, v.b)) as integer)
        else -1
    end
    for v in [{'a': a, 'b': b}]
][1];
create macro lake_url_part(a, n) as
    case when regexp_matches(a, '^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]*$|^[^\s:<>"{}|\\^`]+$')
        then coalesce(regexp_extract(
            a, '^(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?', n), '') end;
create macro lake_url_host(a) as
    nullif(regexp_replace(regexp_replace(lake_url_part(a, 4), '^.*@', ''), ':\d*$', ''), '');
create macro lake_url_port(a) as
    try_cast(nullif(regexp_extract(lake_url_part(a, 4), ':(\d+)$', 1), '') as bigint);
create macro lake_url_path(a) as url_decode(lake_url_part(a, 5));
create macro lake_url_decoded(a, n) as url_decode(lake_url_part(a, n));
create macro lake_url_parameter(a, name) as [
    url_decode(replace(substring(pair, length(name) + 2), '+', ' '))
    for pair in string_split(lake_url_part(a, 7), '&')
    if pair = name or starts_with(pair, name || '=')
][1];
create macro lake_url_encode(a) as
    replace(replace(replace(url_encode(a), '%20', '+'), '%2A', '*'), '~', '%7E');
"""

_COLLECTIONS: Final = r"""
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
create macro lake_slice(a, b, n) as
    case
        when b < 0 and -b > len(a) then a[1:0]
        when b < 0 then a[len(a) + b + 1:len(a) + b + n]
        else a[b:b + n - 1]
    end;
create macro lake_sequence(a, b, step) as
    generate_series(cast(a as bigint), cast(b as bigint), case when b < a and step = 1 then -1 else step end);
create macro lake_ngrams(a, n) as
    case when len(a) < n then [a] else [a[i:i + n - 1] for i in range(1, len(a) - n + 2)] end;
create macro lake_has_sequence(a, b) as
    len(b) = 0 or len([i for i in range(1, len(a) - len(b) + 2) if a[i:i + len(b) - 1] = b]) > 0;
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

_MOMENTS: Final = r"""
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
create macro lake_zoned_iso8601(z) as
    strftime(lake_local(z), '%Y-%m-%dT%H:%M:%S.%g') || case when z.zone = 'UTC' then 'Z'
    when regexp_matches(z.zone, '^[+-]') then z.zone else (
        [case when m < 0 then '-' else '+' end || printf('%02d:%02d', abs(m) // 60, abs(m) % 60)
         for m in [cast(date_diff('minute', z.at, lake_local(z)) as integer)]][1]
    ) end;
create macro lake_date(t, place) as
    case when t is null then null
    when regexp_matches(t, '^\s*[+-]?\d{1,4}-\d{1,2}-\d{1,2}\s*$') and try_cast(t as date) is not null
        then try_cast(t as date)
    when lake_fail(place, 'Value cannot be cast to date: ' || t)
        then null end;
create macro lake_timestamp(t, place) as
    case when t is null then null
    when regexp_matches(t, '^\s*\d{1,4}-\d{1,2}-\d{1,2}( \d{1,2}:\d\d(:\d\d(\.\d+)?)?( ?\S+)?)?\s*$')
            and try_cast(regexp_extract(t, '^\s*(\S+( [\d:.]+)?)', 1) as timestamp) is not null
        then try_cast(regexp_extract(t, '^\s*(\S+( [\d:.]+)?)', 1) as timestamp)
    when lake_fail(place, 'Value cannot be cast to timestamp: ' || t)
        then null end;
create macro lake_moment(t, place) as
    case when t is null then null
    when regexp_matches(t, '^\s*\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?\s*$')
            and try_cast(t as timestamp) is not null
        then try_cast(t as timestamp)
    when regexp_matches(t, '^\s*\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?( ?UTC|Z|[+-]\d\d:\d\d)\s*$')
            and try_cast(replace(replace(trim(t), ' UTC', 'Z'), 'UTC', 'Z') as timestamptz) is not null
        then timezone('UTC', try_cast(replace(replace(trim(t), ' UTC', 'Z'), 'UTC', 'Z') as timestamptz))
    when lake_fail(place, 'Value cannot be cast to timestamp: ' || t) then null end;
create macro lake_iso8601(t, place) as
    case when t is null then null
    when regexp_matches(t, '^\d{4}(-\d\d(-\d\d)?)?(T\d\d(:?\d\d(:?\d\d(\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?)?$')
        then lake_zoned(
            try_cast(rpad(left(t, 10), 10, '-01-01'[1:0] || '-01')
                || coalesce(nullif(' ' || regexp_extract(t, 'T([\d:.]+)', 1), ' '), '') as timestamp),
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

_NUMBERS: Final = r"""
create macro lake_quotient(a, b, s) as round(cast(a as double) / cast(b as double), s);
create macro lake_round(x, n) as
    case when isfinite(x) then round(x, cast(n as integer)) else x end;
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
create macro lake_width_bucket(x, a, b, n) as
    case when x < a then 0 when x >= b then n + 1
    else cast(floor((x - a) / (b - a) * n) as bigint) + 1 end;
create macro lake_from_base(t, b) as
    list_reduce(
        list_prepend(cast(0 as bigint),
            [cast(strpos('0123456789abcdefghijklmnopqrstuvwxyz', c) - 1 as bigint)
             for c in string_split(lower(t), '')]),
        lambda x, y: x * b + y);
"""

_JSON: Final = r"""
create macro lake_json_parse(t, place) as
    case when t is null then null when json_valid(t) then json(t)
    when lake_fail(place, 'Cannot convert value to JSON: ''' || t || '''') then null end;
create macro lake_json_extract(j, p) as
    case when json_valid(j) then json_extract(j, p) end;
create macro lake_json_kind(j, p) as case when json_valid(j) then json_type(j, p) end;
create macro lake_json_exists(j, p) as
    case when j is null then null when json_valid(j) then json_exists(j, p) else false end;
create macro lake_json_scalar(j, p) as
    case when json_valid(j) then
        case when json_type(j, p) in ('OBJECT', 'ARRAY') then null
        else json_extract_string(j, p) end
    end;
create macro lake_json_size(j, p) as
    case when json_valid(j) then case json_type(j, p)
        when 'ARRAY' then cast(json_array_length(j, p) as bigint)
        when 'OBJECT' then cast(len(json_keys(j, p)) as bigint)
        else case when json_type(j, p) is not null then 0 end end end;
create macro lake_json_array_get(j, n) as
    case when json_valid(j) and json_type(j) = 'ARRAY' then
        json_extract(j, '$[' || case when n < 0 then '#' || cast(n as varchar)
            else cast(n as varchar) end || ']') end;
create macro lake_json_array_length(j) as
    case when json_valid(j) and json_type(j) = 'ARRAY'
        then cast(json_array_length(j) as bigint) end;
create macro lake_json_array_contains(j, e) as
    case when e is null then null when json_valid(j) and json_type(j) = 'ARRAY' then
        list_contains([cast(x as varchar) for x in json_extract(j, '$[*]')], cast(e as varchar)) end;
create macro lake_is_json_scalar(j, place) as
    case when j is null then null
    when json_valid(j) then json_type(j) not in ('OBJECT', 'ARRAY')
    when lake_fail(place, 'Cannot convert value to JSON: ' || cast(j as varchar)) then null end;
create macro lake_json_text(j, place) as
    case json_type(j)
        when 'OBJECT' then case when lake_fail(place, 'Cannot cast ' || cast(j as varchar) || ' to varchar') then null end
        when 'ARRAY' then case when lake_fail(place, 'Cannot cast ' || cast(j as varchar) || ' to varchar') then null end
        when 'DOUBLE' then lake_double_text(cast(json_extract_string(j, '$') as double))
        else json_extract_string(j, '$')
    end;
"""

_NETWORKS: Final = r"""
create macro lake_is_ip4(a) as regexp_matches(
    a, '^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$');
create macro lake_ip4_hex(a) as array_to_string(
    [printf('%02x', cast(e as integer)) for e in string_split(a, '.')], '');
-- An address of six without an address of four in its end.
create macro lake_ip6_plain(a) as
    case when lake_is_ip4(regexp_extract(a, '[\d.]+$')) then regexp_replace(a, '[\d.]+$', '')
        || left(lake_ip4_hex(regexp_extract(a, '[\d.]+$')), 4) || ':'
        || right(lake_ip4_hex(regexp_extract(a, '[\d.]+$')), 4)
    else a end;
-- Its eight groups, or another number of them if it is none.
create macro lake_ip6_groups(a) as [
    case when len(halves) = 1 then string_split(halves[1], ':') else list_concat(list_concat(
        [g for g in string_split(halves[1], ':') if g <> ''],
        ['0' for i in range(greatest(0, 8 - len(
            [g for g in string_split(array_to_string(halves, ':'), ':') if g <> ''])))]),
        [g for g in string_split(halves[2], ':') if g <> '']) end
    for halves in [string_split(lower(lake_ip6_plain(a)), '::')]
][1];
create macro lake_is_ip6(a) as
    strpos(a, ':') > 0 and not regexp_matches(a, '::.*::|:::') and len(lake_ip6_groups(a)) = 8
    and len([g for g in lake_ip6_groups(a) if not regexp_matches(g, '^[0-9a-f]{1,4}$')]) = 0;
create macro lake_ip6_short(a) as
    case
        when regexp_matches(a, '(^|:)0(:0){7}$') then '::'
        when regexp_matches(a, '(^|:)0(:0){6}(:|$)') then regexp_replace(a, '(^|:)0(:0){6}(:|$)', '::')
        when regexp_matches(a, '(^|:)0(:0){5}(:|$)') then regexp_replace(a, '(^|:)0(:0){5}(:|$)', '::')
        when regexp_matches(a, '(^|:)0(:0){4}(:|$)') then regexp_replace(a, '(^|:)0(:0){4}(:|$)', '::')
        when regexp_matches(a, '(^|:)0(:0){3}(:|$)') then regexp_replace(a, '(^|:)0(:0){3}(:|$)', '::')
        when regexp_matches(a, '(^|:)0(:0){2}(:|$)') then regexp_replace(a, '(^|:)0(:0){2}(:|$)', '::')
        when regexp_matches(a, '(^|:)0(:0)(:|$)') then regexp_replace(a, '(^|:)0(:0)(:|$)', '::')
        else a
    end;
create macro lake_ip6_text(a) as [
    case
        when starts_with(whole, '0:0:0:0:0:ffff:') then array_to_string([
            cast(cast('0x' || substring(lpad(lake_ip6_groups(a)[7], 4, '0') || lpad(lake_ip6_groups(a)[8], 4, '0'), i, 2) as integer) as varchar)
            for i in [1, 3, 5, 7]], '.')
        else lake_ip6_short(whole)
    end
    for whole in [array_to_string(
        [coalesce(nullif(ltrim(g, '0'), ''), '0') for g in lake_ip6_groups(a)], ':')]
][1];
create macro lake_ip(a, place) as
    case
        when a is null then null
        when lake_is_ip4(a) then a
        when lake_is_ip6(a) then lake_ip6_text(a)
        when lake_fail(place, 'Cannot cast value to IPADDRESS: ' || a) then null
    end;
create macro lake_ip_bits(a) as array_to_string([
    ['0000', '0001', '0010', '0011', '0100', '0101', '0110', '0111',
     '1000', '1001', '1010', '1011', '1100', '1101', '1110', '1111'
    ][strpos('0123456789abcdef', c)]
    for c in string_split(
        case when lake_is_ip4(a) then lake_ip4_hex(a)
        else array_to_string([lpad(g, 4, '0') for g in lake_ip6_groups(a)], '') end, '')], '');
create macro lake_network_contains(n, a, place) as
    case
        when n is null or a is null then null
        when not regexp_matches(n, '^[^/]+/\d{1,3}$') or lake_ip(split_part(n, '/', 1), null) is null
            then case when lake_fail(place, 'Invalid CIDR: ' || n) then null end
        when lake_is_ip4(a) <> lake_is_ip4(lake_ip(split_part(n, '/', 1), null)) then false
        else left(lake_ip_bits(lake_ip(split_part(n, '/', 1), null)), cast(split_part(n, '/', 2) as integer))
            = left(lake_ip_bits(a), cast(split_part(n, '/', 2) as integer))
    end;
"""

_ALL: Final = (_TEXT, _NETWORKS, _COLLECTIONS, _MOMENTS, _NUMBERS, _JSON)


def create_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the macros in the connection's own database."""
    for script in _ALL:
        connection.execute(script)
