"""Aggregates and window functions.

`[d]` is where DISTINCT goes in DuckDB's SQL, `[o]` where ORDER BY goes and `[f]` where FILTER and
OVER go; a line that names none of them is one plain call.
"""

from typing import Final

AGGREGATES: Final[dict[str, tuple[str, ...]]] = {
    "count": ("T -> bigint : count({0})",),
    "count_if": ("boolean -> bigint : cast(count_if([d]{0})[f] as bigint)",),
    "sum": (
        "bigint -> bigint : cast(sum([d]{0})[f] as bigint)",
        "double -> double : sum({0})",
    ),
    "avg": ("bigint -> double : avg({0})", "double -> double : avg({0})"),
    "min": ("T -> T : min({0})", "T bigint -> array(T) : min({0}, {1})"),
    "max": ("T -> T : max({0})", "T bigint -> array(T) : max({0}, {1})"),
    "arbitrary": ("T -> T : any_value({0})",),
    "bool_and": ("boolean -> boolean : bool_and({0})",),
    "bool_or": ("boolean -> boolean : bool_or({0})",),
    "array_agg": ("T -> array(T) : list({0})",),
    "approx_distinct": (
        "T -> bigint : count(distinct {0})[f]",
        "T double -> bigint : count(distinct {0})[f]",
    ),
    "approx_percentile": (
        "bigint double -> bigint : quantile_disc({0}, {1})",
        "double double -> double : quantile_disc({0}, {1})",
        "bigint array(double) -> array(bigint) : quantile_disc({0}, {1})",
        "double array(double) -> array(double) : quantile_disc({0}, {1})",
    ),
    "approx_most_frequent": tuple(
        f"bigint {kind} bigint -> map({kind},bigint) : "
        "lake_most(cast(histogram([d]{1})[f] as {gives}), {0})"
        for kind in ("varchar", "bigint")
    ),
    # A sketch is the values themselves, told by their hashes.
    "approx_set": (
        "T -> hyperloglog : list(distinct hash({0}))[f]",
        "T double -> hyperloglog : list(distinct hash({0}))[f]",
    ),
    "merge": ("hyperloglog -> hyperloglog : list_distinct(flatten(list({0})[f]))",),
    "max_by": (
        "T U -> T : arg_max_null({0}, {1})",
        "T U bigint -> array(T) : arg_max({0}, {1}, {2})",
    ),
    "min_by": (
        "T U -> T : arg_min_null({0}, {1})",
        "T U bigint -> array(T) : arg_min({0}, {1}, {2})",
    ),
    "geometric_mean": ("double -> double : exp(avg([d]lake_ln({0}))[f])",),
    "stddev": ("double -> double : stddev_samp({0})",),
    "stddev_pop": ("double -> double : stddev_pop({0})",),
    "variance": ("double -> double : var_samp({0})",),
    "var_pop": ("double -> double : var_pop({0})",),
    # Trino tells the skewness of the values, DuckDB an estimate for those they were drawn from.
    "skewness": (
        "double -> double : (skewness({0})[f] * (count({0})[f] - 2) "
        "/ sqrt(count({0})[f] * (count({0})[f] - 1)))",
    ),
    "kurtosis": ("double -> double : kurtosis({0})",),
    "corr": ("double double -> double : corr({0}, {1})",),
    "covar_samp": ("double double -> double : covar_samp({0}, {1})",),
    "covar_pop": ("double double -> double : covar_pop({0}, {1})",),
    "regr_slope": ("double double -> double : regr_slope({0}, {1})",),
    "regr_intercept": ("double double -> double : regr_intercept({0}, {1})",),
    "bitwise_and_agg": ("bigint -> bigint : bit_and({0})",),
    "bitwise_or_agg": ("bigint -> bigint : bit_or({0})",),
    "bitwise_xor_agg": ("bigint -> bigint : bit_xor({0})",),
    "histogram": ("T -> map(T,bigint) : cast(histogram([d]{0})[f] as {gives})",),
    "map_agg": ("K V -> map(K,V) : lake_map_of(list({{'key': {0}, 'value': {1}}}[o])[f])",),
    "multimap_agg": (
        "K V -> map(K,array(V)) : lake_multimap_of(list({{'key': {0}, 'value': {1}}}[o])[f])",
    ),
    "map_union": ("map(K,V) -> map(K,V) : lake_map_of(flatten(list(map_entries({0}))[f]))",),
}
for _name, _same in {
    "any_value": "arbitrary",
    "every": "bool_and",
    "stddev_samp": "stddev",
    "var_samp": "variance",
}.items():
    AGGREGATES[_name] = AGGREGATES[_same]

WINDOWS: Final[dict[str, tuple[str, ...]]] = {
    "row_number": ("-> bigint : row_number()",),
    "rank": ("-> bigint : rank()",),
    "dense_rank": ("-> bigint : dense_rank()",),
    "percent_rank": ("-> double : percent_rank()",),
    "cume_dist": ("-> double : cume_dist()",),
    "ntile": ("bigint -> bigint : ntile({0})",),
    "lag": (
        "T -> T : lag({0})",
        "T bigint -> T : lag({0}, {1})",
        "T bigint T -> T : lag({0}, {1}, {2})",
    ),
    "lead": (
        "T -> T : lead({0})",
        "T bigint -> T : lead({0}, {1})",
        "T bigint T -> T : lead({0}, {1}, {2})",
    ),
    "first_value": ("T -> T : first_value({0})",),
    "last_value": ("T -> T : last_value({0})",),
    "nth_value": ("T bigint -> T : nth_value({0}, {1})",),
}
