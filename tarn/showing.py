"""Where rows go: to stdout or a file, in the format asked for or told by the file's name."""

import sys
from pathlib import Path
from typing import Final

from tarn import results
from tarn.errors import WrongUse

_ENDINGS: Final = {".txt": "table", **{f".{name}": name for name in results.FORMATS[1:]}}


def format_of(output: Path | None) -> str:
    """The format that a file's name tells, a table for stdout. Raises WrongUse."""
    if output is None:
        return "table"
    for ending, known in _ENDINGS.items():
        if output.name.endswith(ending):
            return known
    raise WrongUse(
        f"The ending of {output.name} names no format: add --format, or end it in one of "
        f"{', '.join(_ENDINGS)}."
    )


def show(result: results.Result, format_name: str, output: Path | None) -> None:
    """Print rows to stdout, or a table into a file."""
    if format_name == "table":
        from tarn.table import print_table

        print_table(result, output)
        return
    sys.stdout.buffer.write(results.encode(result, format_name))
