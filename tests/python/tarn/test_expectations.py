"""Every expectation of `expectations/`: met by the demo lake, and failing on a row made bad for it.

great-expectations takes seconds to import: all of it is in one process."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas
import pytest
import yaml
from building import REPOSITORY

from tarn.checks.suites import Expected, Suite, read_suites
from tarn.checks.verdict import Finding, Verdict
from tarn.errors import TarnError

pytestmark = pytest.mark.xdist_group("expectations")

SUITES = {suite.name: suite for suite in read_suites(REPOSITORY)}
ROWS = yaml.safe_load((Path(__file__).parent / "bad_rows.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checker() -> Iterator[Any]:
    """Imported here, so that collecting the tests does not take as long."""
    from tarn.checks.expectations import Checker

    yield Checker()


def columns(suite: Suite) -> list[str]:
    """The columns that a suite's expectations and key name."""
    names = [
        str(value)
        for expected in suite.expectations
        for name, value in expected.kwargs.items()
        if name in ("column", "column_A", "column_B")
    ]
    return sorted({*names, *suite.key})


def frame(suite: Suite, *changes: dict[str, Any]) -> pandas.DataFrame:
    """The good row of a suite, and a copy for each change that is made to it."""
    good = {name: ROWS[suite.name]["good"].get(name) for name in columns(suite)}
    rows = [{"_row": "good", **good, **change} for change in ({}, *changes)]
    return pandas.DataFrame(rows).astype(object)


def test_every_expectation_has_a_bad_row() -> None:
    said = {(name, says) for name, suite in ROWS.items() for says in suite["bad"]}
    there = {(name, one.says) for name, suite in SUITES.items() for one in suite.expectations}
    assert said == there
    assert len(there) == sum(len(suite.expectations) for suite in SUITES.values())


@pytest.mark.parametrize("name", SUITES)
def test_each_expectation_fails_on_its_bad_row_and_names_it(checker: Any, name: str) -> None:
    suite = replace(SUITES[name], key=("_row", *SUITES[name].key))
    changes = []
    for expected in suite.expectations:
        bad = {**ROWS[name]["bad"][expected.says], "_row": expected.says}
        # Only many rows miss a rate.
        changes += [bad] * (200 if expected.mostly < 1 else 1)
    verdict = checker.check(suite, [frame(suite, *changes)])
    assert len(verdict.failures) == len(suite.expectations)
    for finding in verdict.failures:
        assert finding.error is None
        named = [row["_row"] for row in finding.named]
        assert finding.expected.says in named
        assert "good" not in named
        assert all(set(suite.key) <= set(row) for row in finding.named)


def test_parts_are_judged_together(checker: Any) -> None:
    suite = SUITES["landing.cloudtrail_events"]
    unnamed = {"user_identity": None}
    parts = [frame(suite, *[{}] * 99), frame(suite, *[unnamed] * 30)]
    [one] = [f for f in checker.check(suite, parts).findings if "Who called" in f.expected.says]
    assert (one.rows, one.unexpected, one.passed) == (131, 30, False)


def test_a_rate_says_nothing_of_few_rows() -> None:
    rate = Finding(Expected("", "expect_column_values_to_not_be_null", {"mostly": 0.9}))
    rate.add({"element_count": 3, "unexpected_count": 3}, None)
    assert rate.passed
    always = Finding(Expected("", "expect_column_values_to_not_be_null", {}))
    always.add({"element_count": 3, "unexpected_count": 1}, None)
    assert not always.passed


def test_a_column_that_is_not_there_fails_and_says_so(checker: Any) -> None:
    suite = SUITES["landing.batches"]
    verdict: Verdict = checker.check(suite, [frame(suite).drop(columns=["records_in_ledger"])])
    [failure] = verdict.failures
    assert "records_in_ledger" in str(failure.error)
    assert verdict.failed_batches({"a", "b"}) == {"a", "b"}


def test_an_expectation_that_is_none_is_told(tmp_path: Path, checker: Any) -> None:
    said = yaml.safe_load((REPOSITORY / "expectations/landing/batches.yml").read_text())
    path = tmp_path / "expectations" / "own.yml"
    path.parent.mkdir()
    said["expectations"][0]["type"] = "expect_the_unexpected"
    path.write_text(yaml.safe_dump(said))
    [suite] = read_suites(tmp_path)
    with pytest.raises(TarnError, match=r"Suite own, 'A batch that .*expect_the_unexpected"):
        checker.check(suite, [])
    said["expectations"][0]["column"] = "x"
    path.write_text(yaml.safe_dump(said))
    with pytest.raises(TarnError, match=r"own\.yml is no suite .*there is no field column"):
        read_suites(tmp_path)
