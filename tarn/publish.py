"""Marts for those who have no lake: Parquet files and one DuckDB file, swapped in whole."""

import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb

from tarn.errors import TarnError, WrongUse
from tarn.extensions import OFFLINE
from tarn.lake import open_lake, quoted

DATABASE: Final = "tarn.duckdb"
PARQUET: Final = "parquet"
_STAMP: Final = ".published.json"
_VERSION: Final = f".{PARQUET}-"
_ASIDE: Final = f".{DATABASE}-"
_MARTS: Final = """
select table_name from duckdb_tables()
where database_name = 'lake' and schema_name = 'main'
union all
select view_name from duckdb_views()
where database_name = 'lake' and schema_name = 'main' and not starts_with(view_name, 'eds_')
order by all
"""
_EVENT_DATA_STORES: Final = """
select view_name from duckdb_views()
where database_name = 'lake' and schema_name = 'main' and starts_with(view_name, 'eds_')
order by all
"""
_NEWEST: Final = "select max(snapshot_id) from ducklake_snapshots('lake')"


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published: the lake's state that it shows, and how many rows each relation has."""

    snapshot: int
    lake: str
    event_data_stores: bool
    published_at: str
    rows: dict[str, int]
    parquet: str

    def shows(self, snapshot: int, lake: str, event_data_stores: bool) -> bool:
        """Whether it is of this state of this lake, and holds what is asked for."""
        there = (self.snapshot, self.lake, self.event_data_stores)
        return there == (snapshot, lake, event_data_stores)


def publish(
    root: Path, folder: Path, now: datetime, *, event_data_stores: bool
) -> tuple[Publication, bool]:
    """Publish a lake into a folder; what is published there now, and whether it is new.

    Everything is of one state of the lake. Killed at any instant, each of the two forms is whole,
    and the next run goes on. Raises TarnError and OSError.
    """
    _refuse_lakes_own(root, folder)
    with open_lake(root) as lake:
        lake.execute("begin")
        [snapshot] = lake.execute(_NEWEST).fetchone() or (0,)
        known = published(folder)
        if known and known.shows(snapshot, str(root), event_data_stores):
            return known, False
        names = _relations(lake, event_data_stores=event_data_stores)
        if not names:
            raise TarnError(f"There are no marts in {root} yet: run `tarn build` first.")
        _sweep(folder, keep=known)
        version = folder / f"{_VERSION}{snapshot}-{secrets.token_hex(4)}"
        rows = {name: _write_parquet(lake, name, version) for name in names}
    moment = f"{now:%Y-%m-%d %H:%M:%S}"
    made = Publication(snapshot, str(root), event_data_stores, moment, rows, version.name)
    database = folder / f"{_ASIDE}{secrets.token_hex(4)}"
    _write_database(database, version, made)
    _swap(folder, database, version)
    _note(folder, made)
    # Who reads the Parquet files of before may go on: they stay until the next time.
    _sweep(folder, keep=made, and_keep=known)
    return made, True


def published(folder: Path) -> Publication | None:
    """What is published in a folder, null where nothing is, or not all of it."""
    try:
        said = Publication(**json.loads((folder / _STAMP).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    link = folder / PARQUET
    is_whole = link.is_symlink() and link.readlink() == Path(said.parquet) and link.is_dir()
    return said if is_whole and (folder / DATABASE).is_file() else None


def _refuse_lakes_own(root: Path, folder: Path) -> None:
    """Raise WrongUse for a folder that is the lake, or one that it keeps its files in."""
    lake, there = root.resolve(), folder.resolve()
    if there == lake or any(
        there.is_relative_to(lake / name) for name in ("landing", "tables", "quarantine")
    ):
        raise WrongUse(f"{folder} is the lake's own: name another folder to publish into.")
    link = folder / PARQUET
    if not link.is_symlink():
        for path in (link, folder / DATABASE):
            if path.exists():
                raise WrongUse(f"{path} is there and not of `tarn publish`: name another folder.")


def _relations(lake: duckdb.DuckDBPyConnection, *, event_data_stores: bool) -> list[str]:
    """The marts that there are, and the event data stores if they are asked for."""
    queries = [_MARTS, *([_EVENT_DATA_STORES] if event_data_stores else [])]
    return [row[0] for query in queries for row in lake.execute(query).fetchall()]


def _write_parquet(lake: duckdb.DuckDBPyConnection, name: str, folder: Path) -> int:
    """Write a relation's rows; how many there are.

    The file has a name that no other version has: DuckDB opens a file more than once for a query,
    and would take a part of the new one for one of the old.
    """
    path = folder / name / f"{folder.name.removeprefix(_VERSION)}.parquet"
    path.parent.mkdir(parents=True)
    lake.execute(
        f'copy (select * from lake.main."{name}") to {quoted(str(path))} '
        "(format parquet, compression zstd)"
    )
    _finish(path)
    found = lake.execute(f"select count(*) from read_parquet({quoted(str(path))})").fetchone()
    return int(found[0]) if found else 0


def _write_database(path: Path, parquet: Path, made: Publication) -> None:
    """Make the DuckDB file of the Parquet files, with a table that says what it shows."""
    with duckdb.connect(str(path), config=dict(OFFLINE)) as database:
        for name in made.rows:
            file = quoted(str(parquet / name / "*.parquet"))
            database.execute(f'create table "{name}" as select * from read_parquet({file})')
        database.execute(
            "create table tarn_publication as "
            "select cast(? as timestamp) as published_at, cast(? as bigint) as lake_snapshot",
            [made.published_at, made.snapshot],
        )
    _finish(path)


def _swap(folder: Path, database: Path, version: Path) -> None:
    """Put both in place, each in one instant; who has the old ones open goes on reading them."""
    link = folder / f"{_VERSION}link"
    link.unlink(missing_ok=True)
    link.symlink_to(version.name, target_is_directory=True)
    # Killed between these two, the link is not the one that the stamp knows: it is done again.
    link.replace(folder / PARQUET)
    database.replace(folder / DATABASE)


def _note(folder: Path, made: Publication) -> None:
    aside = folder / f"{_STAMP}.new"
    aside.write_text(json.dumps(asdict(made), indent=1), encoding="utf-8")
    aside.replace(folder / _STAMP)


def _sweep(folder: Path, keep: Publication | None, and_keep: Publication | None = None) -> None:
    """Remove what runs that were killed have left, and what is out of date."""
    kept = {one.parquet for one in (keep, and_keep) if one}
    link = folder / PARQUET
    if link.is_symlink():
        kept.add(link.readlink().name)
    for path in folder.iterdir():
        if path.name.startswith(_ASIDE):
            path.unlink()
        elif path.name.startswith(_VERSION) and path.is_dir() and path.name not in kept:
            shutil.rmtree(path)


def _finish(path: Path) -> None:
    """Have the disk hold a file, and nobody write to it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    path.chmod(path.stat().st_mode & ~0o222)
