"""Macros for texts and addresses."""

from typing import Final

MACROS: Final = r"""
create macro lake_fail(place, message) as cast('lake:' || place || message as boolean);
create macro lake_check(bad, place, message) as
    case when bad then lake_fail(place, message) else false end;
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
-- Places overlap: there are two of aa in aaa.
create macro lake_nth_position(a, b, n, place) as
    case when lake_check(n = 0, place, 'The instance must be a positive or negative number')
    then null else [
        case
            when v.a is null or v.b is null or n is null then null
            when v.b = '' then 1
            else coalesce(v.places[n], 0)
        end
        for v in [{'a': a, 'b': b, 'places': [
            cast(i as bigint) for i in range(1, length(a) + 1) if starts_with(substring(a, i), b)
        ]}]
    ][1] end;
create macro lake_split(a, b, n, place) as
    case when lake_check(n < 1, place, 'Limit must be positive') then null else [
        case
            when len(parts) <= n then parts
            else list_append(parts[1:n - 1], list_reduce(parts[n:], lambda x, y: x || b || y))
        end
        for parts in [string_split(a, b)]
    ][1] end;
create macro lake_split_part(a, b, n, place) as
    case when case when n < 1 then lake_fail(place, 'Index must be greater than zero')
    else false end then null else [parts[n] for parts in [string_split(a, b)]][1] end;
create macro lake_length(n, place) as
    case when case
        when n < 0 then lake_fail(place, 'Target length must not be negative')
        when n > 10000000 then lake_fail(place, 'This makes a text of over 10 million')
        else false end
    then null else cast(n as integer) end;
create macro lake_codepoint(a, place) as
    case when lake_check(length(a) <> 1, place, 'Input string must be a single character string')
    then null else unicode(a) end;
create macro lake_unhex(a, place) as
    case when lake_check(length(a) % 2 = 1, place, 'Invalid input length ' || length(a))
    then null else unhex(a) end;
create macro lake_unbase64(a) as
    from_base64(rpad(a, cast((length(a) + 3) // 4 * 4 as integer), '='));
create macro lake_entry(e, c, place) as
    case when lake_check(len(string_split(e, c)) <> 2, place,
        'Key-value delimiter must appear exactly once in each entry. Bad input: ''' || e || '''')
    then null else e end;
create macro lake_split_to_map(a, b, c, place) as
    map_from_entries([
        {
            'key': split_part(e, c, 1),
            'value': substring(e, length(split_part(e, c, 1)) + 1 + length(c))
        }
        for e in list_transform(
            list_filter(string_split(a, b), lambda x: x <> ''), lambda x: lake_entry(x, c, place))
    ]);
create macro lake_regexp_extract(a, b, n) as [
    case when regexp_matches(v.a, v.b)
        then regexp_extract_all(v.a, v.b, cast(n as integer))[1] end
    for v in [{'a': a, 'b': b}]
][1];
create macro lake_replacement(a) as
    regexp_replace(replace(a, '\', '\\'), '\$(?:\{(\d)\}|(\d))', '\\\1\2', 'g');
-- A text around the matches of a pattern, its pieces one more than there are matches: matches of
-- nothing too, which string_split_regex passes over.
create macro lake_around(a, b) as
    string_split(regexp_replace(a, b, chr(57344), 'g'), chr(57344));
-- A pattern that begins with ^ finds nothing where the search begins later.
create macro lake_regexp_position(a, b, f, n, place) as
    case when case
        when f < 1 then lake_fail(place, 'Start position cannot be smaller than 1')
        when n < 1 then lake_fail(place, 'Occurrence cannot be smaller than 1')
        else false end
    then null else [
        case
            when v.parts is null or f is null or n is null then null
            when f > length(a) or len(v.parts) <= n or (f > 1 and starts_with(b, '^')) then -1
            else cast(f + list_sum([length(e) for e in v.parts[1:n]]) + coalesce(
                list_sum([length(e) for e in v.matches[1:n - 1]]), 0) as integer)
        end
        for v in [{
            'parts': lake_around(substring(a, f), b),
            'matches': regexp_extract_all(substring(a, f), b)
        }]
    ][1] end;
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
