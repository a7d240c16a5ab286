"""The yardstick for landing: DuckDB reads the log files with explicit columns and writes Parquet.

It is naive: it drops unknown fields, makes no keys, and stops at the first broken file.

    python bench/naive_duckdb.py FOLDER TARGET.parquet
"""

import json
import resource
import sys
import time

import duckdb

from ingest.landing.schema import CLOUDTRAIL_EVENTS, Kind

TYPES = {
    Kind.STRING: "varchar",
    Kind.NUMBER: "bigint",
    Kind.BOOLEAN: "boolean",
    Kind.JSON: "json",
}


def land(folder: str, target: str) -> int:
    """Land every log file under a folder in one Parquet file; how many records there are."""
    fields = ", ".join(f'"{f.aws_name}" {TYPES[f.kind]}' for f in CLOUDTRAIL_EVENTS.fields)
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            copy (
                select record.*
                from (
                    select unnest("Records") as record
                    from read_json(
                        '{folder}/**/*.json.gz',
                        columns = {{'Records': 'struct({fields})[]'}},
                        maximum_object_size = 200000000
                    )
                )
            )
            to '{target}' (format parquet, compression zstd)
            """
        )
        count = connection.execute(f"select count(*) from '{target}'").fetchone()
    return int(count[0]) if count else 0


def main() -> None:
    """Print what it took as JSON."""
    started = time.perf_counter()
    records = land(sys.argv[1], sys.argv[2])
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "records": records,
                "seconds": time.perf_counter() - started,
                "cpu_seconds": used.ru_utime + used.ru_stime,
            }
        )
    )


if __name__ == "__main__":
    main()
