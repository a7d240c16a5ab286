"""Whether the files of a lake are those that the manifest knows, byte for byte."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ingest.landing.layout import EMPTY, LANDING, QUARANTINE, ledger_file, sha256_of
from ingest.landing.manifest import Manifest


class FileKind(StrEnum):
    """What a file of the lake is for."""

    LANDED = "landed"
    LEDGER = "ledger"
    QUARANTINE = "quarantine"


class Fault(StrEnum):
    """What may be wrong with a file."""

    GONE = "gone"
    ALTERED = "altered"
    UNREADABLE = "unreadable"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as the manifest knows it; its path is from the lake's root."""

    path: str
    kind: FileKind
    batch_id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FaultyFile:
    """A file that is not as it should be: what it should be, and what was found instead. `kind`
    and `batch_id` are null for one that the manifest cannot explain."""

    path: str
    fault: Fault
    kind: FileKind | None = None
    batch_id: str | None = None
    sha256_expected: str | None = None
    sha256_found: str | None = None


def verify(root: Path, manifest: Manifest) -> tuple[FaultyFile, ...]:
    """Read every file of a lake; those that are not as they should be, by their paths."""
    there = files_there(root)
    known = known_files(manifest)
    faulty = [fault for file in known.values() if (fault := _compare(root, file)) is not None]
    for path in unexplained(there, known, manifest):
        try:
            faulty.append(FaultyFile(path, Fault.UNEXPLAINED, sha256_found=sha256_of(root / path)))
        except FileNotFoundError:
            continue
        except OSError:
            faulty.append(FaultyFile(path, Fault.UNEXPLAINED))
    return tuple(sorted(faulty, key=lambda fault: fault.path))


def _compare(root: Path, file: KnownFile) -> FaultyFile | None:
    found = None
    try:
        found = sha256_of(root / file.path)
    except (FileNotFoundError, NotADirectoryError):
        fault = Fault.GONE
    except OSError:
        fault = Fault.UNREADABLE
    else:
        if found == file.sha256:
            return None
        fault = Fault.ALTERED
    return FaultyFile(file.path, fault, file.kind, file.batch_id, file.sha256, found)


def known_files(manifest: Manifest) -> dict[str, KnownFile]:
    """Every file of the committed batches, by its path."""
    files = [
        KnownFile(row["path"], FileKind.LANDED, row["batch_id"], row["sha256"])
        for row in manifest.query("select path, batch_id, sha256 from files")
    ]
    for row in manifest.query("select * from batches where state = 'committed'"):
        batch_id = row["batch_id"]
        path = ledger_file(batch_id)
        files.append(KnownFile(path, FileKind.LEDGER, batch_id, row["ledger_sha256"]))
        if row["quarantine_file"] is not None:
            path, digest = row["quarantine_file"], row["quarantine_sha256"]
            files.append(KnownFile(path, FileKind.QUARANTINE, batch_id, digest))
    return {file.path: file for file in files}


def files_there(root: Path) -> set[str]:
    """The paths of a lake's files. To be listed before the manifest is read: a file that a run
    puts in place meanwhile is known by then, or not listed."""
    return {str(path.relative_to(root)) for path in _listed(root)}


def _listed(root: Path) -> Iterator[Path]:
    for path in (root / LANDING).rglob("*.parquet"):
        if path.name != EMPTY and not path.name.startswith("."):
            yield path
    yield from (root / QUARANTINE).glob("*.jsonl.gz")


def unexplained(there: set[str], known: dict[str, KnownFile], manifest: Manifest) -> list[str]:
    """The paths of files that are neither known nor of a batch that is being put in place."""
    pending = tuple(batch_id for batch_id, _ in manifest.pending())
    return sorted(path for path in there - known.keys() if not Path(path).name.startswith(pending))


def missing(root: Path, there: set[str], known: dict[str, KnownFile]) -> list[str]:
    """The paths of known files that are gone."""
    return sorted(path for path in known.keys() - there if not (root / path).exists())
