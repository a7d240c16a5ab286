"""Each file of a lake against its SHA-256, and what can be done where they differ."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from lake_likeness import facts
from small_lakes import NOW, contents, event, ingest, item, log, put

from ingest.landing.schema import LEDGER_SCHEMA
from ingest.status import read_status

Tarn = Callable[..., Any]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def landed_files(root: Path) -> list[Path]:
    """The landed files that hold rows, and the ledger's none."""
    files = sorted((root / "landing").glob("*/store=*/*/*.parquet"))
    return [path for path in files if path.name != "empty.parquet"]


def ledger_files(root: Path) -> list[Path]:
    files = sorted((root / "landing" / "ledger").glob("*.parquet"))
    return [path for path in files if path.name != "empty.parquet"]


@pytest.fixture
def filled(root: Path, source: Path) -> Path:
    """A lake of three days in both stores, from objects that reach over days, in two batches."""
    for number in range(4):
        days = (f"2023-07-{10 + number + late:02}T12:00:00Z" for late in (0, 0, 1))
        records = [event(number * 10 + n, eventTime=time) for n, time in enumerate(days)]
        put(source, f"early-{number}.json.gz", log(records))
    put(source, "items.json", json.dumps([item(n) for n in range(3)]).encode(), zipped=False)
    put(source, "LICENSE", b"no log", zipped=False)
    ingest(root, source)
    put(source, "late.json.gz", log([event(77, eventTime="2023-07-10T01:00:00Z")]))
    ingest(root, source)
    return root


def test_every_file_has_its_digest_in_the_manifest_and_in_its_ledger(filled: Path) -> None:
    from ingest.landing.ledger import read_plan
    from ingest.landing.manifest import Manifest

    manifest = Manifest.open(filled)
    known = {row[0]: row[1] for row in manifest.query("select path, sha256 from files")}
    manifest.close()
    assert known == {str(path.relative_to(filled)): digest(path) for path in landed_files(filled)}
    plans = [read_plan(path) for path in ledger_files(filled)]
    assert known == {file.path: file.sha256 for plan in plans if plan for file in plan.files}


def test_a_sound_lake_is_told_to_be_sound(filled: Path, tarn: Tarn) -> None:
    outcome = tarn("status", "--verify")
    assert outcome.exit_code == 0
    count = len(landed_files(filled)) + len(ledger_files(filled)) + 1
    assert f"All {count} files are as they were written." in outcome.stdout


def test_before_anything_has_landed_there_is_nothing_to_verify(root: Path, tarn: Tarn) -> None:
    assert tarn("status", "--verify").exit_code == 0
    assert not root.exists()


def test_each_faulty_file_is_named_by_its_digest(filled: Path, tarn: Tarn) -> None:
    gone, altered, *_ = landed_files(filled)
    digests = (digest(gone), digest(altered))
    gone.unlink()
    altered.write_bytes(altered.read_bytes().replace(b"tarn.batch", b"tarn.botch", 1))
    stray = altered.with_name("stray.parquet")
    stray.write_bytes(altered.read_bytes())
    before = {path: path.read_bytes() for path in filled.rglob("*.parquet")}
    outcome = tarn("status", "--verify")
    assert outcome.exit_code == 1
    lines = [line.split() for line in outcome.stdout.splitlines() if "sha256" in line]
    assert sorted(line[:4] for line in lines) == [
        ["altered", str(altered.relative_to(filled)), "sha256", f"{digests[1]},"],
        ["gone", str(gone.relative_to(filled)), "sha256", digests[0]],
        ["unexplained", str(stray.relative_to(filled)), "sha256", digest(stray)],
    ]
    assert "tarn status --verify --repair" in outcome.stderr
    assert "out of the lake" in outcome.stderr
    assert {path: path.read_bytes() for path in filled.rglob("*.parquet")} == before
    told = json.loads(tarn("status", "--verify", "--json").stdout)["verification"]
    assert {(one["fault"], one["kind"]) for one in told["faulty"]} == {
        ("altered", "landed"),
        ("gone", "landed"),
        ("unexplained", None),
    }


def test_what_was_lost_lands_again_and_nothing_twice(filled: Path, tarn: Tarn) -> None:
    before = contents(filled)
    gone, altered, *_ = landed_files(filled)
    items = next(path for path in landed_files(filled) if "captured_date" in str(path))
    gone.unlink()
    items.unlink()
    altered.write_bytes(altered.read_bytes()[:-9])
    outcome = tarn("status", "--verify", "--repair")
    assert outcome.exit_code == 0, outcome.stderr
    assert "3 landed files were given up" in outcome.stderr
    assert (filled / "damaged" / altered.relative_to(filled)).exists()
    reasons = read_status(filled, NOW).by_reason()
    assert {Path(one.uri).name for one in reasons["lost_from_landing"]} >= {"items.json"}
    assert contents(filled) != before
    assert tarn("status", "--verify").exit_code == 0
    assert tarn("ingest", "--retry-failed").exit_code == 3
    assert contents(filled) == before
    assert set(read_status(filled, NOW).by_reason()) == {"not_json"}
    assert tarn("status", "--verify").exit_code == 0


def test_the_ledger_tells_of_what_was_removed(filled: Path, tarn: Tarn) -> None:
    gone = landed_files(filled)[0]
    records = pq.read_metadata(gone).num_rows
    gone.unlink()
    known = set(ledger_files(filled))
    tarn("status", "--verify", "--repair")
    [new] = set(ledger_files(filled)) - known
    table = pq.read_table(new)
    assert table.schema.equals(LEDGER_SCHEMA)
    [row] = table.to_pylist()
    assert (row["change"], row["records_count"]) == ("removed", records)
    assert f"={row['day']}" in str(gone)


def test_objects_that_lost_nothing_are_not_read_again(filled: Path, tarn: Tarn) -> None:
    items = next(path for path in landed_files(filled) if "captured_date" in str(path))
    items.unlink()
    tarn("status", "--verify", "--repair")
    lost = read_status(filled, NOW).by_reason()["lost_from_landing"]
    assert [Path(one.uri).name for one in lost] == ["items.json"]


def test_what_cannot_land_again_stays_told(filled: Path, source: Path, tarn: Tarn) -> None:
    landed_files(filled)[0].unlink()
    for path in source.iterdir():
        path.unlink()
    tarn("status", "--verify", "--repair")
    told = tarn("ingest", "--retry-failed").stdout
    assert "are not there any more" in told
    assert "lost_from_landing" in read_status(filled, NOW).by_reason()


@pytest.mark.parametrize("damage", ["gone", "altered"])
def test_ledger_files_are_written_anew(filled: Path, damage: str, tarn: Tarn) -> None:
    path = ledger_files(filled)[0]
    before = digest(path)
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1])
    assert f"{damage:11}  {path.relative_to(filled)}" in tarn("status", "--verify").stdout
    outcome = tarn("status", "--verify", "--repair")
    assert "1 ledger files were written anew" in outcome.stderr
    assert digest(path) == before
    assert tarn("status", "--verify").exit_code == 0


def test_a_quarantine_file_that_is_gone_is_told_and_given_up(filled: Path, tarn: Tarn) -> None:
    [path] = (filled / "quarantine").iterdir()
    path.unlink()
    assert f"gone         {path.relative_to(filled)}" in tarn("status", "--verify").stdout
    assert "quarantine files were given up" in tarn("status", "--verify", "--repair").stderr
    assert tarn("status", "--verify").exit_code == 0
    assert set(read_status(filled, NOW).by_reason()) == {"not_json"}


def test_a_manifest_made_anew_knows_the_same_digests_and_losses(filled: Path, tarn: Tarn) -> None:
    """What was altered is still found, and what was given up stays given up."""
    first, second, *_ = landed_files(filled)
    first.unlink()
    assert tarn("status", "--verify", "--repair").exit_code == 0
    lost = read_status(filled, NOW).quarantine
    for path in filled.glob("manifest.sqlite*"):
        path.unlink()
    second.write_bytes(second.read_bytes()[:-1])
    assert tarn("status", "--repair").exit_code == 0
    assert read_status(filled, NOW).quarantine == lost
    lines = [line for line in tarn("status", "--verify").stdout.splitlines() if "sha256" in line]
    assert [line.split()[:2] for line in lines] == [["altered", str(second.relative_to(filled))]]


def test_a_retry_over_a_damaged_file_says_what_to_do(root: Path, source: Path, tarn: Tarn) -> None:
    path = put(source, "a.json.gz", log([event(1), {**event(2), "eventTime": None}]))
    ingest(root, source)
    landed_files(root)[0].write_bytes(b"PAR1")
    put(source, path.name, log([event(1), event(2)]))
    outcome = tarn("ingest", "--retry-failed")
    assert outcome.exit_code == 1
    assert "tarn status --verify --repair" in outcome.stderr
    tarn("status", "--verify", "--repair")
    assert tarn("ingest", "--retry-failed").exit_code == 0
    assert len(contents(root)) == 2


def test_a_retry_lands_in_the_store_that_the_object_was_set_aside_in(
    root: Path, source: Path
) -> None:
    path = put(source, "a.json.gz", log([event(1), {**event(2), "eventTime": None}]))
    ingest(root, source, store="mine")
    put(source, path.name, log([event(1), event(2)]))
    assert ingest(root, retry_failed=True).records == {}
    assert ingest(root, retry_failed=True, store="mine").records == {"mine": 1}
    assert {json.loads(row)["store"] for row in contents(root)} == {"mine"}


def test_a_clock_that_was_set_back_leaves_the_order_of_batches(
    root: Path, source: Path, tarn: Tarn
) -> None:
    """The manifest made anew from the ledger ends where the lost one did."""
    from ingest import job

    path = put(source, "a.json.gz", log([event(1), {**event(2), "eventTime": None}]))
    ingest(root, source)
    put(source, path.name, log([event(1), event(2)]))
    early = datetime(1999, 1, 1, tzinfo=UTC)
    request = job.Request(root=root, retry_failed=True)
    assert job.run(request, clock=lambda: early).records == {"cloudtrail": 1}
    before = read_status(root, NOW)
    assert before.quarantine == ()
    assert before.last_batch is not None
    assert before.last_batch["committed_at"].startswith("1999")
    for name in root.glob("manifest.sqlite*"):
        name.unlink()
    assert tarn("status", "--repair").exit_code == 0
    assert read_status(root, NOW) == before


@pytest.mark.parametrize("missed", ["the log", "an older copy"])
def test_a_manifest_that_lost_its_last_batches_finds_them_in_the_ledger(
    root: Path, source: Path, missed: str
) -> None:
    """A write-ahead log that was deleted after a kill, or a copy put back from a backup."""
    put(source, "a.json.gz", log([event(1)]))
    ingest(root, source)
    path = root / "manifest.sqlite"
    older = path.read_bytes()
    put(source, "b.json.gz", log([event(2)]))
    if missed == "the log":
        with sqlite3.connect(path) as reader:
            reader.execute("select count(*) from objects").fetchone()
            # An open reader keeps SQLite from moving the log into the manifest.
            ingest(root, source)
            older = path.read_bytes()
        reader.close()
    else:
        ingest(root, source)
    before = facts(root)
    for ending in ("-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    path.write_bytes(older)
    assert read_status(root, NOW).unexplained
    again = ingest(root, source)
    assert (again.new, again.mended_finished) == (0, 1)
    assert facts(root) == before


def test_a_stray_log_does_not_get_into_a_new_manifest(root: Path, source: Path) -> None:
    put(source, "LICENSE", b"no log")
    ingest(root, source)
    path = root / "manifest.sqlite"
    reader = sqlite3.connect(path)
    reader.execute("select count(*) from objects").fetchone()
    put(source, "COPYING", b"no log either")
    ingest(root, source)
    path.unlink()
    again = ingest(root, source)
    reader.close()
    assert again.new == 0
    assert len(read_status(root, NOW).quarantine) == 2
