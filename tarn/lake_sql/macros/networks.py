"""Macros for IP addresses and networks."""

from typing import Final

# Patterns that are written out are compiled once, and not for every row.
_ZEROS: Final = " ".join(
    f"when regexp_matches(a, '{zeros}') then regexp_replace(a, '{zeros}', '::')"
    for zeros in (rf"(^|:)0(:0){{{more}}}(:|$)" for more in range(7, 0, -1))
)
MACROS: Final = r"""
create macro lake_is_ip4(a) as regexp_matches(
    a, '^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$');
-- Elements of a list are reckoned for every row, also where the CASE around takes another way.
create macro lake_ip4_hex(a) as array_to_string(
    [printf('%02x', try_cast(e as integer)) for e in string_split(a, '.')], '');
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
create macro lake_is_ip6(a, groups) as
    strpos(a, ':') > 0 and not regexp_matches(a, '::.*::|:::') and len(groups) = 8
    and len([g for g in groups if not regexp_matches(g, '^[0-9a-f]{1,4}$')]) = 0;
-- Its longest row of zeros left out, the first of equal ones.
create macro lake_ip6_short(a) as
    case ZEROS else a end;
-- The shortest text of eight groups; of an address of four in one of six, that of four.
create macro lake_ip6_text(groups) as [
    case
        when starts_with(v.whole, '0:0:0:0:0:ffff:') then array_to_string([
            cast(try_cast('0x' || substring(v.tail, i, 2) as integer) as varchar)
            for i in [1, 3, 5, 7]], '.')
        else lake_ip6_short(v.whole)
    end
    for v in [{
        'whole': array_to_string([coalesce(nullif(ltrim(g, '0'), ''), '0') for g in groups], ':'),
        'tail': lpad(groups[7], 4, '0') || lpad(groups[8], 4, '0')
    }]
][1];
-- What is named often is bound once: macros in macros would grow without bounds.
create macro lake_ip6(a) as [
    case when lake_is_ip6(v.a, v.groups) then lake_ip6_text(v.groups) end
    for v in [{'a': a, 'groups': lake_ip6_groups(a)}]
][1];
-- Lists are reckoned for every row: most have no colon, and are null to what makes lists of them.
create macro lake_ip(a, place) as
    case
        when a is null then null
        when lake_is_ip4(a) then a
        else coalesce(
            lake_ip6(case when strpos(a, ':') > 0 then a end),
            case when lake_fail(place, 'Cannot cast value to IPADDRESS: ' || a) then '' end)
    end;
create macro lake_ip_bits(a) as array_to_string([
    ['0000', '0001', '0010', '0011', '0100', '0101', '0110', '0111',
     '1000', '1001', '1010', '1011', '1100', '1101', '1110', '1111'
    ][strpos('0123456789abcdef', c)]
    for c in string_split(
        case when lake_is_ip4(a) then lake_ip4_hex(a)
        else array_to_string([lpad(g, 4, '0') for g in lake_ip6_groups(a)], '') end, '')], '');
-- What addresses are put in order by: their sixteen bytes, those of four in the end of them.
create macro lake_ip_order(a) as
    case when lake_is_ip4(a) then repeat('0', 80) || repeat('1', 16) else '' end
    || lake_ip_bits(a);
-- Whether the bits of an address of six begin so; those of four are no such addresses.
create macro lake_ip6_begins(a, bits) as
    case when a is null then null else strpos(a, ':') > 0
        and starts_with(lake_ip_bits(case when strpos(a, ':') > 0 then a end), bits) end;
create macro lake_network_contains(n, a, place) as [
    case
        when v.n is null or v.a is null then null
        when v.base is null or v.bits is null then
            case when lake_fail(place, 'Invalid CIDR: ' || v.n) then null end
        when lake_is_ip4(v.a) <> lake_is_ip4(v.base) then false
        else left(lake_ip_bits(v.base), v.bits) = left(lake_ip_bits(v.a), v.bits)
    end
    for v in [{
        'n': n, 'a': a, 'base': lake_ip(split_part(n, '/', 1), null),
        'bits': try_cast(split_part(n, '/', 2) as integer)
    }]
][1];
""".replace("ZEROS", _ZEROS)
