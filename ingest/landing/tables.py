"""The manifest's tables, and how an empty one is made."""

import sqlite3
import uuid
from pathlib import Path
from typing import Final

from ingest.errors import LakeWriteError
from ingest.landing.layout import make_file, make_folder, sync_folder

FORMAT: Final = 1
# Names made from names (RFC 4122, version 5), so that a store has one id in every lake.
STORES: Final = uuid.UUID("6b1e4b0e-1a5c-5e0b-9a4e-7461726e0001")

_TABLES: Final = """
create table stores (
    store_id text primary key, name text not null, category text not null,
    created_at text not null, unique (name, category)
) strict;
create table batches (
    batch_id text primary key, state text not null check (state in ('pending', 'committed')),
    sequence integer, created_at text not null, committed_at text, plan text,
    objects integer not null default 0, records integer not null default 0,
    bytes integer not null default 0, ledger_sha256 text, quarantine_file text,
    quarantine_sha256 text
) strict;
create table files (
    path text primary key, batch_id text not null references batches, category text not null,
    store text not null, day text not null, records integer not null, addenda integer not null,
    bytes integer not null, first_at integer not null, last_at integer not null,
    sha256 text not null
) strict;
create table objects (
    store text not null, uri text not null, etag text not null, size integer not null,
    digest text not null, status text not null, reason text, records integer not null,
    first_at integer, last_at integer, recognized text, batch_id text not null,
    primary key (store, uri, etag)
) strict, without rowid;
create table quarantine (
    entry_id integer primary key, batch_id text not null, store text not null, uri text not null,
    etag text not null, reason text not null, detail text not null, byte_offset integer,
    byte_length integer, record_index integer
) strict;
create table listings (
    stores text not null, prefix text not null, since text, newest_at text not null,
    days_at text not null, month_at text not null, whole_at text not null,
    primary key (stores, prefix)
) strict, without rowid;
create index quarantine_by_object on quarantine (store, uri, etag);
create index objects_set_aside on objects (status) where status in ('partly', 'quarantined');
"""


def store_id(name: str, category: str) -> str:
    """A store's id, the same in every lake."""
    return str(uuid.uuid5(STORES, f"{category}/{name}"))


def create(path: Path) -> None:
    """Make an empty manifest, aside, so that there is never half of one. What is left of another
    goes: SQLite would play a stray `-wal` into it."""
    try:
        make_folder(path.parent)
        aside = path.with_name(f".{path.name}.new")
        for left in (aside, path):
            for ending in ("", "-journal", "-wal", "-shm"):
                left.with_name(left.name + ending).unlink(missing_ok=True)
        make_file(aside)
        connection = sqlite3.connect(aside)
        connection.executescript(_TABLES)
        connection.execute(f"pragma user_version = {FORMAT}")
        connection.execute("pragma journal_mode = wal")
        connection.close()
        aside.replace(path)
        sync_folder(path.parent)
    except (OSError, sqlite3.OperationalError) as error:
        raise LakeWriteError(
            path.parent,
            f"No lake can be made at {path.parent} ({error}): name a folder that can be written "
            "in $TARN_ROOT, or mend this one.",
        ) from error
