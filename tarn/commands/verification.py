"""What `tarn status --verify` does and says: each file against its SHA-256."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.landing.settle import Settled
    from ingest.landing.verify import FaultyFile


@dataclass(frozen=True, slots=True)
class Verification:
    """How many files were read, which of them are faulty, and what was done about them."""

    files: int
    faulty: tuple["FaultyFile", ...]
    settled: "Settled | None" = None

    def to_dict(self) -> dict[str, Any]:
        """The verification as JSON holds it."""
        return asdict(self)


def verify_lake(root: Path) -> Verification:
    """Compare every file with what the manifest knows of it. Raises IngestError."""
    from ingest.landing.manifest import Manifest
    from ingest.landing.verify import known_files, verify

    manifest = Manifest.read(root)
    if manifest is None:
        return Verification(0, ())
    try:
        return Verification(len(known_files(manifest)), verify(root, manifest))
    finally:
        manifest.close()


def settle_lake(root: Path, now: datetime) -> Verification:
    """Verify a lake whose lock is held, and settle what can be settled; what remains is faulty.

    Raises IngestError and OSError.
    """
    from ingest.landing.manifest import Manifest
    from ingest.landing.settle import settle
    from ingest.landing.verify import known_files, verify

    manifest = Manifest.open(root)
    try:
        faulty = verify(root, manifest)
        known = [fault for fault in faulty if fault.kind is not None]
        moment = f"{now:%Y-%m-%dT%H:%M:%S.%fZ}"
        batch_id = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}-settled"
        settled = settle(root, manifest, known, batch_id, moment)
        rest = tuple(fault for fault in faulty if fault.kind is None)
        return Verification(len(known_files(manifest)), rest, settled)
    finally:
        manifest.close()


def fault_lines(faulty: Sequence["FaultyFile"]) -> Iterator[str]:
    """A line for each faulty file: what is wrong, its path, and its SHA-256."""
    for file in faulty:
        digest = file.sha256_expected or file.sha256_found
        line = f"{file.fault:11}  {file.path}  sha256 {digest or 'unknown'}"
        if file.sha256_expected and file.sha256_found:
            line += f", found {file.sha256_found}"
        yield line


def settled_lines(settled: "Settled") -> Iterator[str]:
    """What was done, and what is to be done next."""
    if settled.files:
        yield f"{settled.files} landed files were given up: what is left of them is in damaged/."
    if settled.objects:
        yield (
            f"{settled.objects} objects lost records by that: run `tarn ingest --retry-failed` "
            "(with --store for a store of your own), which lands them again from their sources."
        )
    if settled.ledgers:
        yield f"{settled.ledgers} ledger files were written anew."
    if settled.quarantines:
        yield (
            f"{settled.quarantines} quarantine files were given up: the list of what was set "
            "aside stays, the kept bytes do not."
        )


def remedy(verification: Verification) -> str:
    """What to do about faulty files, in a sentence."""
    count = len(verification.faulty)
    told = [f"{count} {'file is' if count == 1 else 'files are'} not as the manifest knows them"]
    if any(file.kind is not None for file in verification.faulty):
        told.append(
            "run `tarn status --verify --repair`, which puts damaged files aside so that "
            "`tarn ingest --retry-failed` lands their records again"
        )
    if any(file.kind is None for file in verification.faulty):
        told.append("move files that the manifest cannot explain out of the lake")
    return "; ".join(told) + "."
