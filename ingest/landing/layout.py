"""Where things lie in a lake, and how an empty one is made."""

import hashlib
import os
import re
import secrets
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.errors import WrongUseError
from ingest.landing.schema import CATEGORIES, LEDGER_SCHEMA, Category

LANDING: Final = "landing"
LEDGER: Final = f"{LANDING}/ledger"
STAGING: Final = "staging"
QUARANTINE: Final = "quarantine"
DAMAGED: Final = "damaged"
MANIFEST: Final = "manifest.sqlite"
READING: Final = "reading.lock"
EMPTY: Final = "empty.parquet"

_STORE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,127}")


def check_store(name: str) -> str:
    """The name, if it may name a store: it becomes a folder on any file system."""
    if not _STORE.fullmatch(name):
        raise WrongUseError(
            name,
            f"{name!r} cannot name a store: use up to 128 lower-case letters, digits, - and _, "
            "beginning with a letter or digit.",
        )
    return name


def day_folder(category: Category, store: str, day: str) -> str:
    """The folder of one store and day, from the lake's root."""
    return f"{LANDING}/{category.name}/store={store}/{category.partition}={day}"


def ledger_file(batch_id: str) -> str:
    """A batch's ledger file, from the lake's root."""
    return f"{LEDGER}/{batch_id}.parquet"


def batch_of(path: str) -> str:
    """The batch that wrote a landed file, by its name."""
    return Path(path).stem.rpartition("-")[0]


def quarantine_file(batch_id: str) -> str:
    """The file of what a batch set aside, from the lake's root."""
    return f"{QUARANTINE}/{batch_id}.jsonl.gz"


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, for the owner alone."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)


def make_file(path: Path) -> None:
    """Make an empty file for the owner alone. Raises FileExistsError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_file(path: Path) -> None:
    """Have the disk hold a file's bytes."""
    _sync(path, os.O_RDWR)


def sync_folder(path: Path) -> None:
    """Have the disk hold a folder's names."""
    _sync(path, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def ensure_landing(root: Path) -> None:
    """See to it that each category, and the ledger, has a file without rows. The manifest does not
    know them: one that was damaged is made anew.

    Cheap where they are there; any number of processes may do it at once.
    """
    for category in CATEGORIES:
        folder = root / day_folder(category, category.default_store, "1970-01-01")
        _ensure_empty(folder / EMPTY, category.schema)
    _ensure_empty(root / LEDGER / EMPTY, LEDGER_SCHEMA)


def _is_empty(path: Path) -> bool:
    try:
        return bool(pq.read_metadata(path).num_rows == 0)
    except (OSError, pa.ArrowInvalid):
        return False


def _ensure_empty(path: Path, schema: pa.Schema) -> None:
    if _is_empty(path):
        return
    make_folder(path.parent)
    # Not named .parquet until it is whole: readers look for *.parquet.
    aside = path.with_name(f".{EMPTY}.{secrets.token_hex(8)}")
    make_file(aside)
    pq.write_table(schema.empty_table(), aside)
    sync_file(aside)
    try:
        aside.replace(path)
    except FileNotFoundError:
        # An ingest that began meanwhile has swept it away, and made its own.
        if not path.exists():
            raise
