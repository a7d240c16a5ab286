"""Finding queries by the words of a question."""

import pytest

from tarn import finding
from tarn.catalogue import Parameter, Query


def query(name: str, description: str = "Shows it.", *tags: str, column: str = "n") -> Query:
    parameters = (Parameter("until", "timestamp", None, "Before."),)
    return Query(name, "s3", description, tags, parameters, {column: "A number."}, (), "select 1")


QUERIES = (
    query("bucket_encryption", "Shows it."),
    query("keys", "Shows the encryption of a bucket."),
    query("buckets", "Lists them.", "inventory"),
    query("console_sign_ins", "Lists sign-ins to the console.", "signin"),
    query("destructive_calls", "Lists calls that delete something.", "deletion"),
    query("trail_changes", "Lists trails that were stopped or deleted.", column="is_disabling"),
)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("encryption BUCKET", ["bucket_encryption", "keys"]),
        ("encrypted buckets", ["bucket_encryption", "keys"]),
        ("bucket", ["buckets", "bucket_encryption", "keys"]),
        ("who deleted the trail", ["trail_changes"]),
        ("deleting", ["destructive_calls", "trail_changes"]),
        ("logins", ["console_sign_ins"]),
        ("signed in", ["console_sign_ins"]),
        ("disabling", ["trail_changes"]),
        ("who what the", [*sorted(query.name for query in QUERIES)]),
        ("", [*sorted(query.name for query in QUERIES)]),
    ],
)
def test_words_are_found_in_any_form_best_first(words: str, names: list[str]) -> None:
    found = finding.search(QUERIES, words.split())
    assert [query.name for query in found.queries] == names
    assert found.missing == ()


def test_where_no_query_has_every_word_those_with_most_come_and_the_rest_is_named() -> None:
    found = finding.search(QUERIES, ["encryption", "unicorn", "bucket"])
    assert [query.name for query in found.queries] == ["bucket_encryption", "keys"]
    assert found.missing == ("unicorn",)


def test_where_each_word_is_somewhere_and_never_all_this_is_said() -> None:
    found = finding.search(QUERIES, ["console", "trail"])
    assert {query.name for query in found.queries} == {"console_sign_ins", "trail_changes"}
    assert found.missing == ("all of them together",)


def test_where_nothing_fits_nothing_comes() -> None:
    assert finding.search(QUERIES, ["unicorn"]) == finding.Found((), ("unicorn",))
