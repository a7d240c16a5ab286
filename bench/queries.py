"""Typical questions, from the shell to the answer."""

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.measure import Taken, in_turn, run, tarn
from bench.report import Figure

QUERIES = (
    ("bucket_encryption_changes",),
    ("resource_creations",),
    ("resource_creations", "-p", "type=AWS::S3::Bucket"),
)
SQL = {
    "events by name": "select eventName, count(*) from eds_cloudtrail_events group by 1",
    "one actor's day": (
        "select * from eds_cloudtrail_events "
        "where eventTime >= '2023-07-02' and eventTime < '2023-07-03' limit 100"
    ),
    "one bucket's life": "select * from fct_resource_creations where resource_id like 'bucket%'",
}
LAKE_SQL = (
    "select eventTime, eventName, userIdentity.arn from $EDS_ID where eventTime >= '2023-07-02' "
    "and eventTime < '2023-07-03' and eventName = 'GetCallerIdentity' order by eventTime limit 100"
)
# A query that is translated, first to warm up, then the median of some: milliseconds.
TRANSLATION = """
import sys, time
from datetime import datetime
from pathlib import Path
from statistics import median
from tarn.lake_sql.stores import stores_of
from tarn.lake_sql.translate import translate
stores, taken = stores_of(Path(sys.argv[1])), []
for _ in range(30):
    started = time.perf_counter()
    translate(sys.argv[2], stores, datetime.fromisoformat("2026-11-26"))
    taken.append((time.perf_counter() - started) * 1000)
print(median(taken[1:]))
"""
PROGRAM = """
import sys
from pathlib import Path
from tarn.lake import open_lake
with open_lake(Path(sys.argv[1])) as lake:
    print(len(lake.execute(sys.argv[2]).fetchall()))
"""


def compare(folder: Path, lake: Path, runs: int) -> list[Figure]:
    """How long each takes."""
    programs: dict[str, Callable[[], Taken]] = {}
    for arguments in QUERIES:
        programs[f"`tarn query {' '.join(arguments)}`"] = _query(folder, lake, arguments)
    for name, sql in SQL.items():
        programs[f"DuckDB: {name}"] = _sql(lake, sql)
    programs["`tarn sql`, a filter on time and name"] = lambda: tarn(
        "sql", LAKE_SQL, "--format", "csv", folder=folder, root=lake
    )
    translated = run([sys.executable, "-c", TRANSLATION, str(lake), LAKE_SQL])
    found = in_turn(programs, runs)
    return [
        Figure(
            "translating a Lake query, after start-up",
            f"{float(translated.output):.1f} ms",
            reach="under 10 ms",
        ),
        *(
            Figure(
                name,
                f"{median(one.seconds for one in taken):.2f} s",
                reach="under 1 s" if "tarn sql" in name else "",
            )
            for name, taken in found.items()
        ),
    ]


def _query(folder: Path, lake: Path, arguments: tuple[str, ...]) -> Callable[[], Taken]:
    return lambda: tarn("query", *arguments, "--format", "csv", folder=folder, root=lake)


def _sql(lake: Path, sql: str) -> Callable[[], Taken]:
    return lambda: run([sys.executable, "-c", PROGRAM, str(lake), sql])
