"""Macros for JSON."""

from typing import Final

MACROS: Final = r"""
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
        list_contains(
            [cast(x as varchar) for x in json_extract(j, '$[*]')], cast(e as varchar)) end;
create macro lake_is_json_scalar(j, place) as
    case when j is null then null
    when json_valid(j) then json_type(j) not in ('OBJECT', 'ARRAY')
    when lake_fail(place, 'Cannot convert value to JSON: ' || cast(j as varchar)) then null end;
create macro lake_json_refused(j, place) as
    case when lake_fail(place, 'Cannot cast ' || cast(j as varchar) || ' to varchar')
    then cast(null as varchar) end;
-- What becomes a number: of a boolean 1 or 0; for a whole one, the nearest.
create macro lake_json_number(j, place) as
    case json_type(j)
        when 'BOOLEAN' then case when json_extract_string(j, '$') = 'true' then '1' else '0' end
        else lake_json_text(j, place)
    end;
create macro lake_json_whole(j, place) as
    case json_type(j)
        when 'DOUBLE' then
            cast(cast(round(cast(json_extract_string(j, '$') as double)) as hugeint) as varchar)
        else lake_json_number(j, place)
    end;
create macro lake_json_text(j, place) as
    case json_type(j)
        when 'OBJECT' then lake_json_refused(j, place)
        when 'ARRAY' then lake_json_refused(j, place)
        when 'DOUBLE' then lake_double_text(cast(json_extract_string(j, '$') as double))
        else json_extract_string(j, '$')
    end;
"""
