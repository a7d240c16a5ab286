"""Macros for texts and addresses."""

from typing import Final

MACROS: Final = r"""
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
create macro lake_split_part(a, b, n, place) as
    case when case when n < 1 then lake_fail(place, 'Index must be greater than zero')
    else false end then null else [parts[n] for parts in [string_split(a, b)]][1] end;
create macro lake_length(n, place) as
    case when case when n > 10000000 then lake_fail(place, 'This makes a text of over 10 million')
    else false end then null else cast(n as integer) end;
create macro lake_split_to_map(a, b, c) as
    map_from_entries([
        {
            'key': split_part(e, c, 1),
            'value': substring(e, length(split_part(e, c, 1)) + 1 + length(c))
        }
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
