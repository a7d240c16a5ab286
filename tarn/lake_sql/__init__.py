"""CloudTrail Lake's SQL, unchanged, over the event data stores of a lake.

from tarn.lake_sql import query

result = query("SELECT eventName, count(*) FROM $EDS_ID GROUP BY eventName")
result.columns, result.rows, result.table
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tarn.lake_sql.answers import LakeResult
    from tarn.lake_sql.reading import Named


def query(
    text: str,
    values: Sequence[str] = (),
    named: "Named | None" = None,
    root: Path | None = None,
) -> "LakeResult":
    """The answer to a Lake query over a lake, by default the project's.

    `values` are for `?` in order, `named` for `$StartTime$`, `${name}` and stores that are left
    open: one value for all places of a name, or a sequence, one for each. Raises QueryError (with
    `place`: line and column) where the query is wrong.
    """
    from tarn.lake_sql.running import Request, run
    from tarn.project import current_project

    return run(root or current_project().root, Request(text, values, named or {})).result
