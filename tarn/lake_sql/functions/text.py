"""Functions of texts, regular expressions, addresses and bytes."""

from typing import Final

TEXT: Final[dict[str, tuple[str, ...]]] = {
    "length": ("varchar -> bigint : length({0})", "varbinary -> bigint : octet_length({0})"),
    "lower": ("varchar -> varchar : lower({0})",),
    "upper": ("varchar -> varchar : upper({0})",),
    "trim": ("varchar -> varchar : trim({0}, lake_blanks())",),
    "ltrim": ("varchar -> varchar : ltrim({0}, lake_blanks())",),
    "rtrim": ("varchar -> varchar : rtrim({0}, lake_blanks())",),
    "reverse": (
        "varchar -> varchar : reverse({0})",
        "array(T) -> array(T) : list_reverse({0})",
    ),
    "replace": (
        "varchar varchar -> varchar : replace({0}, {1}, '')",
        "varchar varchar varchar -> varchar : lake_replace({0}, {1}, {2})",
    ),
    "substr": (
        "varchar bigint -> varchar : lake_substring({0}, {1}, null)",
        "varchar bigint bigint -> varchar : lake_substring({0}, {1}, {2})",
    ),
    "strpos": (
        "varchar varchar -> bigint : cast(strpos({0}, {1}) as bigint)",
        "varchar varchar bigint -> bigint : lake_nth_position({0}, {1}, {2}, {at})",
    ),
    "lpad": ("varchar bigint varchar -> varchar : lpad({0}, lake_length({1}, {at}), {2})",),
    "rpad": ("varchar bigint varchar -> varchar : rpad({0}, lake_length({1}, {at}), {2})",),
    "concat_ws": (
        "varchar array(varchar) -> varchar : "
        "coalesce(array_to_string(list_filter({1}, lambda e: e is not null), {0}), '')",
        "varchar varchar... -> varchar : concat_ws({0}, {rest})",
    ),
    "split": (
        "varchar varchar -> array(varchar) : string_split({0}, {1})",
        "varchar varchar bigint -> array(varchar) : lake_split({0}, {1}, {2}, {at})",
    ),
    "split_part": ("varchar varchar bigint -> varchar : lake_split_part({0}, {1}, {2}, {at})",),
    "split_to_map": (
        "varchar varchar varchar -> map(varchar,varchar) : lake_split_to_map({0}, {1}, {2}, {at})",
    ),
    "starts_with": ("varchar varchar -> boolean : starts_with({0}, {1})",),
    "translate": ("varchar varchar varchar -> varchar : translate({0}, {1}, {2})",),
    "levenshtein_distance": ("varchar varchar -> bigint : levenshtein({0}, {1})",),
    "hamming_distance": ("varchar varchar -> bigint : hamming({0}, {1})",),
    "chr": ("bigint -> varchar : chr(cast({0} as integer))",),
    "codepoint": ("varchar -> integer : lake_codepoint({0}, {at})",),
    "normalize": ("varchar -> varchar : nfc_normalize({0})",),
    "to_utf8": ("varchar -> varbinary : encode({0})",),
    "from_utf8": ("varbinary -> varchar : decode({0})",),
    "to_hex": ("varbinary -> varchar : hex({0})",),
    "from_hex": ("varchar -> varbinary : lake_unhex({0}, {at})",),
    "to_base64": ("varbinary -> varchar : to_base64({0})",),
    "from_base64": ("varchar -> varbinary : lake_unbase64({0})",),
    "md5": ("varbinary -> varbinary : unhex(md5({0}))",),
    "sha1": ("varbinary -> varbinary : unhex(sha1({0}))",),
    "sha256": ("varbinary -> varbinary : unhex(sha256({0}))",),
    "uuid": ("-> uuid : cast(gen_random_uuid() as varchar)",),
}
TEXT["substring"] = TEXT["substr"]

REGULAR_EXPRESSIONS: Final[dict[str, tuple[str, ...]]] = {
    "regexp_like": ("varchar varchar -> boolean : regexp_matches({0}, {1})",),
    "regexp_split": ("varchar varchar -> array(varchar) : string_split_regex({0}, {1})",),
    "regexp_count": ("varchar varchar -> bigint : len(regexp_extract_all({0}, {1}))",),
    "regexp_position": (
        "varchar varchar -> integer : lake_regexp_position({0}, {1}, 1, 1, {at})",
        "varchar varchar bigint -> integer : lake_regexp_position({0}, {1}, {2}, 1, {at})",
        "varchar varchar bigint bigint -> integer : lake_regexp_position({0}, {1}, {2}, {3}, {at})",
    ),
}

ADDRESSES: Final[dict[str, tuple[str, ...]]] = {
    "url_extract_protocol": ("varchar -> varchar : lake_url_part({0}, 2)",),
    "url_extract_host": ("varchar -> varchar : lake_url_host({0})",),
    "url_extract_port": ("varchar -> bigint : lake_url_port({0})",),
    "url_extract_path": ("varchar -> varchar : lake_url_path({0})",),
    "url_extract_query": ("varchar -> varchar : lake_url_decoded({0}, 7)",),
    "url_extract_fragment": ("varchar -> varchar : lake_url_decoded({0}, 9)",),
    "url_extract_parameter": ("varchar varchar -> varchar : lake_url_parameter({0}, {1})",),
    "url_encode": ("varchar -> varchar : lake_url_encode({0})",),
    "url_decode": ("varchar -> varchar : url_decode(replace({0}, '+', ' '))",),
}
