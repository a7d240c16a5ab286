"""Functions of arrays, maps and rows."""

from typing import Final

ARRAYS: Final[dict[str, tuple[str, ...]]] = {
    "element_at": (
        "map(K,V) K -> V : {0}[{1}]",
        "array(T) bigint -> T : lake_element({0}, {1}, {at})",
    ),
    "cardinality": (
        "array(T) -> bigint : cast(len({0}) as bigint)",
        "map(K,V) -> bigint : cast(cardinality({0}) as bigint)",
        "hyperloglog -> bigint : cast(len({0}) as bigint)",
    ),
    "empty_approx_set": ("-> hyperloglog : cast([] as ubigint[])",),
    "any_match": ("array(T) (T)boolean -> boolean : lake_any(list_transform({0}, {1}))",),
    "all_match": ("array(T) (T)boolean -> boolean : lake_all(list_transform({0}, {1}))",),
    "none_match": ("array(T) (T)boolean -> boolean : (not lake_any(list_transform({0}, {1})))",),
    "transform": ("array(T) (T)U -> array(U) : list_transform({0}, {1})",),
    "filter": ("array(T) (T)boolean -> array(T) : list_filter({0}, {1})",),
    "array_join": (
        "array(T) varchar -> varchar : lake_array_join({0}, {1}, null)",
        "array(T) varchar varchar -> varchar : lake_array_join({0}, {1}, {2})",
    ),
    "array_distinct": ("array(T) -> array(T) : lake_distinct({0})",),
    "array_sort": ("array(T) -> array(T) : list_sort({0}, 'asc', 'nulls last')",),
    "array_max": ("array(T) -> T : lake_array_max({0})",),
    "array_min": ("array(T) -> T : lake_array_min({0})",),
    "array_position": (
        "array(T) T -> bigint : case when {0} is null or {1} is null then null "
        "else coalesce(list_position({0}, {1}), 0) end",
    ),
    "array_remove": ("array(T) T -> array(T) : list_filter({0}, lambda e: (e = {1}) is not true)",),
    "array_union": ("array(T) array(T) -> array(T) : lake_distinct(lake_concat({0}, {1}))",),
    "array_intersect": (
        "array(T) array(T) -> array(T) : lake_distinct(list_filter({0}, "
        "lambda e: lake_holds({1}, e)))",
    ),
    "array_except": (
        "array(T) array(T) -> array(T) : lake_distinct(list_filter({0}, "
        "lambda e: not lake_holds({1}, e)))",
    ),
    "arrays_overlap": ("array(T) array(T) -> boolean : lake_overlap({0}, {1})",),
    "flatten": ("array(array(T)) -> array(T) : flatten({0})",),
    "slice": ("array(T) bigint bigint -> array(T) : lake_slice({0}, {1}, {2}, {at})",),
    "sequence": (
        "bigint bigint -> array(bigint) : "
        "lake_sequence({0}, {1}, case when {1} < {0} then -1 else 1 end, {at})",
        "bigint bigint bigint -> array(bigint) : lake_sequence({0}, {1}, {2}, {at})",
        "date date -> array(date) : "
        "[cast(e as date) for e in lake_moments("
        "{0}, {1}, to_days(case when {1} < {0} then -1 else 1 end), {at})]",
        "date date days -> array(date) : "
        "[cast(e as date) for e in lake_moments({0}, {1}, {2}, {at})]",
        "timestamp timestamp days -> array(timestamp) : lake_moments({0}, {1}, {2}, {at})",
    ),
    "repeat": (
        "T bigint -> array(T) : list_transform(range(lake_times({1}, {at})), lambda e: {0})",
    ),
    "trim_array": ("array(T) bigint -> array(T) : lake_trim({0}, {1}, {at})",),
    "ngrams": ("array(T) bigint -> array(array(T)) : lake_ngrams({0}, {1}, {at})",),
    "contains_sequence": ("array(T) array(T) -> boolean : lake_has_sequence({0}, {1})",),
}

MAPS: Final[dict[str, tuple[str, ...]]] = {
    "map": (
        "-> map(unknown,unknown) : map()",
        "array(K) array(V) -> map(K,V) : map({0}, {1})",
    ),
    "map_keys": ("map(K,V) -> array(K) : map_keys({0})",),
    "map_values": ("map(K,V) -> array(V) : map_values({0})",),
    "map_entries": ("map(K,V) -> array(row(_ K, _ V)) : lake_map_entries({0})",),
    "map_from_entries": ("array(row(_ K, _ V)) -> map(K,V) : map_from_entries({0})",),
    "map_concat": (
        "map(K,V) map(K,V)... -> map(K,V) : "
        "case when list_contains([e is null for e in [{0}, {rest}]], true) then null "
        "else map_concat({0}, {rest}) end",
    ),
}
