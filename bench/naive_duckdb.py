"""The yardstick for landing: DuckDB counts the records of log files, or reads them with explicit
columns and writes Parquet.

It is naive: it drops unknown fields, makes no keys, and stops at the first broken file.

    python bench/naive_duckdb.py land FOLDER TARGET.parquet
    python bench/naive_duckdb.py count FOLDER
"""

import json
import sys

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


def count(folder: str) -> int:
    """How many records the log files under a folder have."""
    with duckdb.connect() as connection:
        found = connection.execute(
            f"""
            select sum(len("Records"))
            from read_json(
                '{folder}/**/*.json.gz',
                columns = {{'Records': 'json[]'}},
                maximum_object_size = 200000000
            )
            """
        ).fetchone()
    return int(found[0]) if found else 0


def main() -> None:
    """Print the number of records as JSON."""
    task, folder, *target = sys.argv[1:]
    print(json.dumps({"records": land(folder, target[0]) if task == "land" else count(folder)}))


if __name__ == "__main__":
    main()
