"""The results of a run, kept as JSON in the form of great-expectations' own."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from tarn.checks.state import FOLDER
from tarn.checks.verdict import Finding, Verdict

RESULTS: Final = f"{FOLDER}/results"

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Run:
    """One run as it is kept: when it was, and what came of each suite."""

    run_id: str
    checked_at: str
    suites: Rows

    @property
    def passed(self) -> bool:
        """Whether every suite passed."""
        return all(suite["success"] for suite in self.suites)


def run_of(verdicts: Sequence[Verdict], now: datetime) -> Run:
    """The run of these verdicts."""
    suites = [_suite(verdict) for verdict in verdicts]
    return Run(f"{now:%Y%m%dT%H%M%S%fZ}", f"{now:%Y-%m-%d %H:%M:%S}", suites)


def keep(root: Path, run: Run) -> Path:
    """Write a run's results whole. Raises OSError."""
    path = root / RESULTS / f"{run.run_id}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".new")
    aside.write_text(dumped(run), encoding="utf-8")
    aside.replace(path)
    return path


def dumped(run: Run) -> str:
    """A run as JSON."""
    told = {"run_id": run.run_id, "checked_at": run.checked_at, "success": run.passed}
    return json.dumps({**told, "suites": run.suites}, indent=1, default=_plain, ensure_ascii=False)


def kept(root: Path) -> list[Run]:
    """The runs that are kept, newest first; what is no run is passed over."""
    runs = []
    for path in sorted((root / RESULTS).glob("*.json"), reverse=True):
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            runs.append(Run(said["run_id"], said["checked_at"], said["suites"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return runs


def _suite(verdict: Verdict) -> dict[str, Any]:
    return {
        "suite_name": verdict.suite.name,
        "success": verdict.passed,
        "meta": {
            "description": verdict.suite.description,
            "reads": verdict.suite.reads,
            "docs": verdict.suite.docs,
            "rows": verdict.rows,
            "batches": verdict.batches,
        },
        "statistics": {
            "evaluated_expectations": len(verdict.findings),
            "successful_expectations": sum(one.passed for one in verdict.findings),
            "unsuccessful_expectations": len(verdict.failures),
        },
        "results": [_result(finding) for finding in verdict.findings],
    }


def _result(finding: Finding) -> dict[str, Any]:
    expected = finding.expected
    return {
        "success": finding.passed,
        "expectation_config": {
            "type": expected.type,
            "kwargs": expected.kwargs,
            "description": expected.says,
        },
        "result": {
            "element_count": finding.rows,
            "missing_count": finding.missing,
            "unexpected_count": finding.unexpected,
            "partial_unexpected_index_list": finding.named,
        },
        "exception_info": {
            "raised_exception": finding.error is not None,
            "exception_message": finding.error,
        },
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if hasattr(value, "item"):
        return value.item()
    return str(value)
