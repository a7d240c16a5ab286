"""The manifest: which objects, batches, files and stores the lake knows. A SQLite file.

Everything a batch adds becomes visible in one transaction, `commit`. Until then the batch is
pending: first without, then with its plan, from which it can be finished.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ingest.errors import DamagedManifestError, LakeWriteError, NewerLakeError
from ingest.landing.layout import LANDING, MANIFEST, ledger_file, sha256_of
from ingest.landing.outcomes import add_loss, add_outcome
from ingest.landing.plan import Plan, Status, packed, unpacked
from ingest.landing.schema import CATEGORIES
from ingest.landing.tables import FORMAT, create, store_id

_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class KnownObject:
    """An object as the manifest knows it."""

    store: str
    uri: str
    etag: str
    size: int
    digest: str
    status: Status
    reason: str | None
    batch_id: str


class Manifest:
    """An open manifest. Raises DamagedManifestError wherever SQLite finds it damaged."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._sql = connection

    @classmethod
    def open(cls, root: Path) -> "Manifest":
        """The manifest of a lake, made if there is none.

        Raises DamagedManifestError if it is gone while landed files are there, NewerLakeError,
        and LakeWriteError.
        """
        path = root / MANIFEST
        if not path.exists():
            refuse_lost(root)
            return cls.anew(path)
        return cls._connect(path, f"{path.absolute().as_uri()}?mode=rw")

    @classmethod
    def anew(cls, path: Path) -> "Manifest":
        """An empty manifest in place of whatever is at a path. Raises LakeWriteError."""
        create(path)
        return cls._connect(path, f"{path.absolute().as_uri()}?mode=rw")

    @classmethod
    def read(cls, root: Path) -> "Manifest | None":
        """The manifest for reading, null if there is no lake yet. Raises as `open` does."""
        path = root / MANIFEST
        if not path.exists():
            refuse_lost(root)
            return None
        uri = f"{path.absolute().as_uri()}?mode=ro"
        try:
            return cls._connect(path, uri)
        except LakeWriteError:
            # In a folder that cannot be written SQLite reads only what it may take for frozen.
            return cls._connect(path, f"{uri}&immutable=1")

    @classmethod
    def _connect(cls, path: Path, uri: str) -> "Manifest":
        with _guarded(path):
            connection = sqlite3.connect(uri, uri=True, timeout=30, isolation_level=None)
            connection.row_factory = sqlite3.Row
            connection.execute("pragma synchronous = full")
            version = connection.execute("pragma user_version").fetchone()[0]
            if version > FORMAT:
                raise NewerLakeError(
                    path,
                    f"The lake at {path.parent} was made by a newer Tarn (lake format {version}; "
                    f"this one knows {FORMAT}): update Tarn, nothing has been touched.",
                )
            if version < FORMAT:
                raise sqlite3.DatabaseError("it has no tables")
            connection.execute("select count(*) from stores").fetchone()
        return cls(path, connection)

    def close(self) -> None:
        """Close the file."""
        self._sql.close()

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """The rows of a query."""
        with _guarded(self.path):
            return self._sql.execute(sql, parameters).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with _guarded(self.path):
            self._sql.execute("begin immediate")
            try:
                yield self._sql
            except BaseException:
                self._sql.execute("rollback")
                raise
            self._sql.execute("commit")

    def add_default_stores(self, created_at: str) -> None:
        """Have rows for the two stores that every lake has."""
        stores = [(category.default_store, category.name) for category in CATEGORIES]
        known = {tuple(row) for row in self.query("select name, category from stores")}
        if known.issuperset(stores):
            return
        with self._transaction() as sql:
            _add_stores(sql, stores, created_at)

    def begin_batch(self, batch_id: str, created_at: str) -> None:
        """Commit a pending batch, before anything of it is written."""
        sql = "insert into batches (batch_id, state, created_at) values (?, 'pending', ?)"
        self.change(sql, [(batch_id, created_at)])

    def name_files(self, plan: Plan) -> None:
        """Commit what a pending batch will add: from here on it can be finished."""
        sql = "update batches set plan = ? where batch_id = ?"
        self.change(sql, [(packed(plan.to_json()), plan.batch_id)])

    def drop_batch(self, batch_id: str) -> None:
        """Forget a pending batch."""
        sql = "delete from batches where batch_id = ? and state = 'pending'"
        self.change(sql, [(batch_id,)])

    def commit(self, plan: Plan) -> None:
        """Commit a batch whose files are in place, all that it adds at once. Raises OSError."""
        with self._transaction() as sql:
            self._add(sql, plan)

    def _add(self, sql: sqlite3.Connection, plan: Plan) -> None:
        sql.execute(
            "insert or replace into batches values (?, 'committed', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(plan.batch_id, plan.sequence, plan.created_at, plan.committed_at),
                packed(plan.to_json()),
                len({outcome.uri for outcome in plan.outcomes}),
                plan.records,
                sum(file.bytes for file in plan.files),
                sha256_of(self.path.parent / ledger_file(plan.batch_id)),
                *(plan.quarantine_file, plan.quarantine_sha256),
            ),
        )
        for file in plan.files:
            sql.execute(
                "insert or replace into files values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(file.path, plan.batch_id, file.category, file.store, file.day),
                    *(file.records, file.addenda, file.bytes, file.first_at, file.last_at),
                    file.sha256,
                ),
            )
        stores = {(file.store, file.category) for file in plan.files}
        _add_stores(sql, sorted(stores), plan.committed_at)
        for outcome in plan.outcomes:
            add_outcome(sql, outcome, plan.batch_id)
        sql.executemany("delete from files where path = ?", [(one.path,) for one in plan.removed])
        for loss in plan.losses:
            add_loss(sql, loss, plan.batch_id)

    def next_sequence(self) -> int:
        """The place that the next batch to be committed takes."""
        return int(self.query("select coalesce(max(sequence), 0) + 1 from batches")[0][0])

    def pending(self) -> list[tuple[str, Plan | None]]:
        """The pending batches, with their plans where they have one."""
        rows = self.query("select batch_id, plan from batches where state = 'pending' order by 1")
        return [(row[0], _plan(row[1]) if row[1] else None) for row in rows]

    def plan_of(self, batch_id: str) -> Plan:
        """What a committed batch added and removed."""
        [row] = self.query("select plan from batches where batch_id = ?", (batch_id,))
        return _plan(row[0])

    def renew_kept(self, batch_id: str, *, without_quarantine: bool) -> None:
        """Know a batch's ledger file as it is now, and its quarantine file no more. Raises
        OSError."""
        with self._transaction() as sql:
            sql.execute(
                "update batches set ledger_sha256 = ? where batch_id = ?",
                (sha256_of(self.path.parent / ledger_file(batch_id)), batch_id),
            )
            if without_quarantine:
                sql.execute(
                    "update batches set quarantine_file = null, quarantine_sha256 = null "
                    "where batch_id = ?",
                    (batch_id,),
                )

    def known(self, stores: Sequence[str], uris: Iterable[str]) -> dict[str, list[KnownObject]]:
        """What is known of these addresses in any of these stores."""
        wanted = list(uris)
        known: dict[str, list[KnownObject]] = {}
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            for row in self.query(
                f"{_KNOWN} where store in ({_marks(stores)}) and uri in ({_marks(part)})",
                (*stores, *part),
            ):
                known.setdefault(row["uri"], []).append(_known(row))
        return known

    def set_aside(self, stores: Sequence[str]) -> list[KnownObject]:
        """The objects that could not be taken into these stores, or only in part."""
        sql = f"{_KNOWN} where status in ('partly', 'quarantined')"
        rows = self.query(f"{sql} and store in ({_marks(stores)}) order by uri, store", stores)
        return [_known(row) for row in rows]

    def change(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Do a change for each of some rows, all at once."""
        with self._transaction() as transaction:
            transaction.executemany(sql, rows)

    def refresh(self, known: KnownObject, etag: str) -> None:
        """The same content has a new etag: know it by that."""
        with self._transaction() as sql:
            for table in ("objects", "quarantine"):
                sql.execute(
                    f"update {table} set etag = ? where store = ? and uri = ? and etag = ?",
                    (etag, known.store, known.uri, known.etag),
                )


_KNOWN: Final = "select store, uri, etag, size, digest, status, reason, batch_id from objects"


def _plan(text: str) -> Plan:
    return Plan.from_json(unpacked(text))


def _known(row: sqlite3.Row) -> KnownObject:
    return KnownObject(**{**dict(row), "status": Status(row["status"])})


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _add_stores(
    sql: sqlite3.Connection, stores: Iterable[tuple[str, str]], created_at: str
) -> None:
    sql.executemany(
        "insert or ignore into stores values (?, ?, ?, ?)",
        [(store_id(*store), *store, created_at) for store in stores],
    )


def refuse_lost(root: Path) -> None:
    """Raise DamagedManifestError if there are landed files: their objects would land twice."""
    for category in CATEGORIES:
        files = (root / LANDING / category.name).glob("store=*/*/*.parquet")
        if any(file.name != "empty.parquet" for file in files):
            raise DamagedManifestError(
                root,
                f"The lake at {root} has landed files but no {MANIFEST}: run "
                "`tarn status --repair`, which makes it anew from them.",
            )


@contextmanager
def _guarded(path: Path) -> Iterator[None]:
    """Tell what SQLite finds wrong in a sentence with the remedy."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "no such" in str(error):
            raise _damaged(path, error) from error
        raise LakeWriteError(
            path,
            f"The lake's manifest {path} cannot be used ({error}): make room or give the right "
            "to write, and run the same command again; nothing is lost.",
        ) from error
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: sqlite3.Error) -> DamagedManifestError:
    return DamagedManifestError(
        path,
        f"The lake's manifest {path} is damaged ({error}): run `tarn status --repair`, which "
        "makes it anew from the landed files.",
    )
