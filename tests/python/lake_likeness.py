"""What two lakes have in common that landed the same deliveries, however they came to it."""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from ingest.landing.layout import DAMAGED, EMPTY
from ingest.landing.manifest import Manifest
from ingest.landing.schema import CATEGORIES
from ingest.landing.verify import known_files, verify
from tarn.lake import open_lake

# They differ between two runs: when something landed, and in which batch.
_OF_A_RUN = ("_landed_at", "_batch_id")
OF_THE_LAST_RUN = (
    *("int_versions_to_judge", "int_changes_to_judge"),
    *("int_change_candidates", "int_candidate_texts", "int_changes_to_follow"),
)
_OBJECTS = (
    "select store, uri, etag, size, digest, status, reason, records, first_at, last_at, "
    "recognized from objects"
)
_QUARANTINE = (
    "select store, uri, etag, reason, detail, byte_offset, byte_length, record_index "
    "from quarantine"
)


def facts(root: Path) -> dict[str, Any]:
    """Rows, objects, quarantine and ledger of a lake as multisets; fails if the lake is not
    whole: a pending batch, a file that is gone, altered or that nobody knows."""
    manifest = Manifest.open(root)
    try:
        assert manifest.pending() == []
        assert verify(root, manifest) == ()
        known = set(known_files(manifest))
        assert strays(root, known) == []
        tables = {
            name: sorted((tuple(row) for row in manifest.query(sql)), key=repr)
            for name, sql in {
                "objects": _OBJECTS,
                "quarantine": _QUARANTINE,
                "stores": "select name, category from stores",
            }.items()
        }
    finally:
        manifest.close()
    kept = sorted(
        line for path in known if path.startswith("quarantine/") for line in _kept(root / path)
    )
    return {**tables, "rows": _rows(root), "ledger": _ledger(root), "kept": kept}


def strays(root: Path, known: set[str]) -> list[str]:
    """The files of a lake that have no business there."""
    there = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    locks = ("ingest.lock", "build.lock", "reading.lock")
    of_use = (*locks, "manifest.sqlite", "catalog.sqlite", "tables/", f"{DAMAGED}/", "built")
    return sorted(
        path
        for path in there - known
        if not path.startswith(of_use) and Path(path).name not in (EMPTY, "catalogue.json")
    )


def _rows(root: Path) -> list[str]:
    rows = []
    for category in CATEGORIES:
        for path in (root / "landing" / category.name).rglob("*.parquet"):
            place = path.parts[-3:-1]
            for row in pq.read_table(path, partitioning=None).to_pylist():
                told = {name: value for name, value in row.items() if name not in _OF_A_RUN}
                rows.append(json.dumps([place, told], default=str))
    return sorted(rows)


def _ledger(root: Path) -> dict[str, int]:
    """How many records each day has by the ledger: what was added less what was removed."""
    records: Counter[str] = Counter()
    for path in (root / "landing" / "ledger").glob("*.parquet"):
        for row in pq.read_table(path, partitioning=None).to_pylist():
            sign = {"added": 1, "removed": -1}[row["change"]]
            records[f"{row['category']} {row['store']} {row['day']}"] += sign * row["records_count"]
    return dict(records)


def _kept(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode().splitlines()


def built_tables(root: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table that was built, bookkeeping too, as a sorted multiset; but for those of what the
    last run was to judge."""
    with open_lake(root) as lake:
        names = lake.execute(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where database_name = 'lake' order by all"
        ).fetchall()
        return {
            name: sorted(lake.execute(f"from {name}").fetchall(), key=repr)
            for (name,) in names
            if name.rpartition(".")[2] not in OF_THE_LAST_RUN
        }
