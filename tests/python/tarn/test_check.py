"""`tarn check` as a person calls it: over the demo lake, and over batches with bad records."""

import json
import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from building import REPOSITORY
from click.testing import Result
from small_lakes import event, ingest, item, log, put

from tarn.checks import lake as reading
from tarn.checks.suites import read_suites
from tarn.project import Project

pytestmark = pytest.mark.xdist_group("expectations")

Run = Callable[..., Result]


class References(HTMLParser):
    """Collects what a page would fetch or lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "img", "iframe", "object", "embed", "video", "audio", "base")
        for name, value in attrs:
            assert not name.startswith("on")
            if name in ("href", "src", "srcset", "data", "action", "poster", "style"):
                self.found.append(value or "")


def references(page: Path) -> list[str]:
    """All that a page refers to; its styles refer to nothing."""
    text = page.read_text(encoding="utf-8")
    for style in re.findall(r"<style>(.*?)</style>", text, flags=re.DOTALL):
        assert "url(" not in style
        assert "@import" not in style
    parser = References()
    parser.feed(text)
    return parser.found


def pages(project: Project) -> list[Path]:
    """The pages of a lake's checks."""
    return sorted((project.root / "checks" / "docs").rglob("*.html"))


@pytest.fixture
def landed(new_project: Project, tmp_path: Path) -> Project:
    """A project in which a good batch has landed, and nothing is built."""
    put(tmp_path / "first", "a.json.gz", log(event(number) for number in range(3)))
    put(tmp_path / "first", "b.json.gz", json.dumps({"configurationItems": [item()]}).encode())
    ingest(new_project.root, tmp_path / "first")
    return new_project


def results(shown: Result) -> dict[str, Any]:
    """The suites of a run, by name."""
    return {suite["suite_name"]: suite for suite in json.loads(shown.stdout)["suites"]}


def test_the_demo_lake_passes_every_suite_and_the_second_check_has_nothing_to_do(
    built: Project, run_tarn: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path / "project", tmp_path / "project" / "lake")
    shutil.copytree(built.root, project.root)
    (project.folder / "dbt_project.yml").write_text("name: tarn\n")
    shutil.copytree(REPOSITORY / "expectations", project.folder / "expectations")
    project.docs_page.parent.mkdir()
    project.docs_page.touch()
    # Parts of other sizes find the same.
    monkeypatch.setattr(reading, "ROWS", 9_000)
    shown = run_tarn(project, "check", "--json")
    assert shown.exit_code == 0, shown.output
    found = results(shown)
    assert set(found) == {suite.name for suite in read_suites(REPOSITORY)}
    assert found["landing.cloudtrail_events"]["meta"]["rows"] > 2 * 9_000
    assert all(suite["meta"]["rows"] > 0 for suite in found.values())
    again = run_tarn(project, "check")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "Nothing is new since the last check" in again.stderr
    [first, run] = pages(project)
    assert (first.name, run.parent.name) == ("index.html", "runs")
    for page in (first, run):
        for reference in references(page):
            assert not re.match(r"(?i)\s*(?:[a-z]+:(?!,$)|//)", reference), reference
            if not reference.startswith(("data:,", "#")):
                assert (page.parent / reference.split("#")[0]).exists(), reference
    linked = re.findall(r"\.\./docs/index\.html#!/\w+/([\w.]+)", run.read_text())
    assert sorted(linked) == sorted(suite["meta"]["docs"] for suite in found.values())


def test_a_bad_batch_fails_names_its_rows_and_is_looked_at_until_it_is_mended(
    landed: Project, run_tarn: Run, tmp_path: Path
) -> None:
    assert run_tarn(landed, "check").exit_code == 0
    bad = [event(7, eventID="EXAMPLE-7"), event(8, eventVersion="1.99"), event(9)]
    put(tmp_path / "second", "bad.json.gz", log(bad))
    ingest(landed.root, tmp_path / "second")
    shown = run_tarn(landed, "check")
    assert shown.exit_code == 1
    assert "failed  landing.cloudtrail_events" in shown.stdout
    assert "3 rows" in shown.stdout
    assert re.search(
        r"An event's id is a UUID.\n  1 of 3 rows:\n  event_id=EXAMPLE-7", shown.stdout
    )
    assert "event_version=1.99" in shown.stdout
    assert "bad.json.gz" in shown.stdout
    assert "Error: 2 of " in shown.stderr
    put(tmp_path / "third", "c.json.gz", log([event(20), event(21)]))
    ingest(landed.root, tmp_path / "third")
    found = results(run_tarn(landed, "check", "--json"))
    # The bad batch again and the new one, and not the first, which passed.
    assert found["landing.cloudtrail_events"]["meta"]["rows"] == 5
    assert found["landing.files"]["meta"]["rows"] == 1
    suite = landed.folder / "expectations" / "landing" / "cloudtrail_events.yml"
    text = suite.read_text().replace("'1.11'", "'1.11', '1.99'")
    suite.write_text(
        text.replace("[0-9a-fA-F]{8}", "(?:EXAMPLE-7|[0-9a-fA-F]{8}").replace(
            "-[0-9a-fA-F]{12}$'", "-[0-9a-fA-F]{12})$'"
        )
    )
    mended = run_tarn(landed, "check", "--json")
    assert mended.exit_code == 0, mended.output
    # A suite that was changed begins anew.
    assert results(mended)["landing.cloudtrail_events"]["meta"]["rows"] == 8
    assert len(list((landed.root / "checks" / "results").glob("*.json"))) == 4
    assert len(pages(landed)) == 5


def test_what_the_ledger_and_the_manifest_say_is_compared_with_the_files(
    landed: Project, run_tarn: Run
) -> None:
    [events, _] = sorted((landed.root / "landing").rglob("*-0.parquet"))
    [ledger] = [path for path in (landed.root / "landing" / "ledger").iterdir() if "-" in path.name]
    events.unlink()
    ledger.unlink()
    shown = run_tarn(landed, "check", "landing.files", "landing.batches", "landing.days", "--json")
    assert shown.exit_code == 1
    found = results(shown)
    assert [suite["success"] for suite in found.values()] == [False, False, False]
    [lost] = found["landing.files"]["results"][0]["result"]["partial_unexpected_index_list"]
    assert (lost["records_in_file"], lost["records_in_manifest"]) == (-1, 3)
    assert lost["path"].endswith(events.name)


def test_wrong_use_and_what_is_missing_are_told(
    landed: Project, run_tarn: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    unknown = run_tarn(landed, "check", "landing.nothing")
    assert unknown.exit_code == 1
    assert "There is no suite landing.nothing; there are: landing.batches, " in unknown.stderr
    nothing = run_tarn(Project(landed.folder, tmp_path / "none"), "check")
    assert nothing.exit_code == 1
    assert "run `tarn ingest` first" in nothing.stderr
    monkeypatch.setattr("tarn.checks.run.find_spec", lambda _: None)
    without = run_tarn(landed, "check")
    assert without.exit_code == 1
    assert "run `pip install 'tarn-lake[checks]'`" in without.stderr


def test_nothing_but_the_checks_imports_great_expectations() -> None:
    importing = [
        path.relative_to(REPOSITORY).as_posix()
        for folder in ("tarn", "ingest")
        for path in sorted((REPOSITORY / folder).rglob("*.py"))
        if re.search(r"^\s*(?:import|from) great_expectations", path.read_text(), re.MULTILINE)
    ]
    assert importing == ["tarn/checks/expectations.py"]
