"""The compiled catalogue: finding queries and binding their parameters."""

from datetime import datetime
from pathlib import Path

import pytest

from tarn import catalogue
from tarn.catalogue import Parameter, Query
from tarn.errors import TarnError, WrongUse


def query(name: str, description: str = "Shows it.", tags: tuple[str, ...] = ()) -> Query:
    parameters = (
        Parameter("since", "timestamp", None, "From."),
        Parameter("limit", "integer", 10, "Rows."),
        Parameter("deep", "boolean", None, "Deep."),
        Parameter("bucket", "text", None, "Bucket."),
        Parameter("period", "text", "day", "Period.", ("hour", "day")),
    )
    return Query(name, "s3", description, tags, parameters, {}, (), "select 1")


def test_a_saved_catalogue_is_loaded_as_it_was(tmp_path: Path) -> None:
    queries = [query("one", tags=("a", "b")), query("two")]
    catalogue.save(tmp_path / "catalogue.json", queries)
    assert catalogue.load(tmp_path / "catalogue.json") == queries


def test_no_catalogue_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(TarnError, match="tarn build"):
        catalogue.load(tmp_path / "catalogue.json")


def test_an_unknown_query_names_the_nearest() -> None:
    with pytest.raises(WrongUse, match="did you mean bucket_encryption"):
        catalogue.find([query("bucket_encryption")], "bucket_encryptions")


def test_parameters_are_typed_and_defaults_filled_in() -> None:
    bound = query("q").bind({"since": "2026-03-02", "deep": "yes", "bucket": "b"})
    assert bound == {
        "since": datetime.fromisoformat("2026-03-02"),
        "limit": 10,
        "deep": True,
        "bucket": "b",
        "period": "day",
    }


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("since", "soon", "Parameter since: 'soon' is no moment"),
        ("limit", "ten", "Parameter limit: 'ten' is no whole number"),
        ("deep", "maybe", "Parameter deep: 'maybe' is neither true nor false"),
        ("period", "year", "Parameter period: 'year' is none of hour, day"),
        ("colour", "red", "has no parameter colour; it has: since, limit, deep, bucket, period"),
    ],
)
def test_a_wrong_parameter_is_named(name: str, text: str, message: str) -> None:
    with pytest.raises(WrongUse, match=message):
        query("q").bind({name: text})


def test_a_catalogue_knows_what_it_was_made_from(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.json"
    assert catalogue.made_from(path) is None
    catalogue.save(path, [query("one")], "abc")
    assert catalogue.made_from(path) == "abc"
    path.write_text('{"made_from": "abc"}')
    assert catalogue.made_from(path) is None
