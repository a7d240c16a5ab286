"""A batch's ledger file: a row for each store, category and day it added to or
removed from.

Its metadata tell what became of every object, so that a lost manifest can be made anew.
"""

import zlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.landing.layout import EMPTY, ledger_file, make_file, make_folder, sync_file
from ingest.landing.plan import LandedFile, Plan, packed, unpacked
from ingest.landing.schema import LEDGER_SCHEMA
from ingest.landing.writer import FORMAT


def write_ledger(folder: Path, plan: Plan) -> None:
    """Write a batch's ledger file under `folder`. Raises OSError."""
    path = folder / ledger_file(plan.batch_id)
    make_folder(path.parent)
    path.unlink(missing_ok=True)
    make_file(path)
    metadata = {"tarn.format": FORMAT, "tarn.batch": plan.batch_id}
    schema = LEDGER_SCHEMA.with_metadata({**metadata, "tarn.plan": packed(plan.to_json())})
    table = pa.Table.from_pylist(_rows(plan), schema=LEDGER_SCHEMA)
    pq.write_table(table.cast(schema), path, compression="zstd")
    sync_file(path)


def read_plan(path: Path) -> Plan | None:
    """The plan in a ledger file's metadata, null if it has none. Raises pa.ArrowInvalid."""
    metadata = pq.read_metadata(path).metadata or {}
    text = metadata.get(b"tarn.plan")
    return Plan.from_json(unpacked(text.decode())) if text else None


def read_plans(paths: Iterable[Path]) -> tuple[list[Plan], list[Path]]:
    """The plans of ledger files in the order of their batches, and the files that cannot be
    read."""
    plans: list[Plan] = []
    unreadable: list[Path] = []
    for path in paths:
        try:
            plan = read_plan(path)
        except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, zlib.error):
            unreadable.append(path)
        else:
            plans += [plan] if plan is not None else []
    return sorted(plans, key=lambda plan: plan.sequence), unreadable


def ledger_files(folder: Path) -> list[Path]:
    """The ledger files of the batches in a folder."""
    return [path for path in sorted(folder.glob("*.parquet")) if path.name != EMPTY]


def _rows(plan: Plan) -> list[dict[str, Any]]:
    if plan.is_compaction:
        # No day has other records than before, so that no model has anything to do.
        return []
    groups: dict[tuple[str, str, str, str], list[LandedFile]] = {}
    for change, files in (("added", plan.files), ("removed", plan.removed)):
        for file in files:
            groups.setdefault((file.category, file.store, file.day, change), []).append(file)
    return [_row(plan, *key, files) for key, files in sorted(groups.items())]


def _row(
    plan: Plan, category: str, store: str, day: str, change: str, files: Iterable[LandedFile]
) -> dict[str, Any]:
    files = list(files)
    return {
        "batch_id": plan.batch_id,
        "category": category,
        "store": store,
        "day": day,
        "change": change,
        "files_count": len(files),
        "records_count": sum(file.records for file in files),
        "addenda_count": sum(file.addenda for file in files),
        "bytes_count": sum(file.bytes for file in files),
        "first_at": _timestamp(min(file.first_at for file in files)),
        "last_at": _timestamp(max(file.last_at for file in files)),
        "committed_at": datetime.fromisoformat(plan.committed_at).replace(tzinfo=None),
    }


def _timestamp(micros: int) -> Any:
    return pa.scalar(micros, pa.timestamp("us")).as_py()
