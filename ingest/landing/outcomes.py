"""What becomes of objects, as rows of the manifest."""

import sqlite3

from ingest.landing.plan import Loss, ObjectOutcome, Status
from ingest.problems import Reason


def add_outcome(sql: sqlite3.Connection, outcome: ObjectOutcome, batch_id: str) -> None:
    """Add an outcome, in place of the one it replaces, whose records stay landed."""
    records, first_at, last_at = outcome.records, outcome.first_at, outcome.last_at
    for etag in {outcome.replaces, outcome.etag} - {None}:
        address = (outcome.store, outcome.uri, etag)
        where = "where store = ? and uri = ? and etag = ?"
        earlier = sql.execute(f"select * from objects {where}", address).fetchone()
        if earlier is None:
            continue
        if earlier["records"]:
            records += earlier["records"]
            first_at = min(first_at or earlier["first_at"], earlier["first_at"])
            last_at = max(last_at or earlier["last_at"], earlier["last_at"])
        sql.execute(f"delete from quarantine {where}", address)
        sql.execute(f"delete from objects {where}", address)
    sql.execute(
        "insert into objects values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(outcome.store, outcome.uri, outcome.etag, outcome.size, outcome.digest),
            *(
                outcome.status,
                outcome.reason,
                records,
                first_at,
                last_at,
                outcome.recognized,
                batch_id,
            ),
        ),
    )
    sql.executemany(
        "insert into quarantine values (null, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(batch_id, outcome.store, outcome.uri, outcome.etag),
                *(entry.reason, entry.detail, entry.offset, entry.length, entry.index),
            )
            for entry in outcome.entries
        ],
    )


def add_loss(sql: sqlite3.Connection, loss: Loss, batch_id: str) -> None:
    """Set an object aside whose landed records are lost, beside what was set aside of it."""
    address = (loss.store, loss.uri, loss.etag)
    status = Status.PARTLY if loss.records_left else Status.QUARANTINED
    sql.execute(
        "update objects set status = ?, reason = ?, records = ? "
        "where store = ? and uri = ? and etag = ?",
        (status, Reason.LOST, loss.records_left, *address),
    )
    sql.execute(
        "insert into quarantine (batch_id, store, uri, etag, reason, detail) "
        "values (?, ?, ?, ?, ?, ?)",
        (batch_id, *address, Reason.LOST, loss.detail),
    )
