"""Rows on a terminal: a table, wide cells folded and never cut, or a block a row."""

from datetime import datetime
from math import ceil
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tarn.results import Result

# A cell may be folded down to this many characters, over this many lines; where even that is too
# wide for a table, a block a row is easier to read.
_FOLDED_WIDTH = 18
_FOLDED_LINES = 3
_PADDING = 3
_FILE_WIDTH = 200


def print_table(result: Result, output: Path | None = None) -> None:
    """Print rows as wide as the terminal, or 200 characters wide into a file or pipe."""
    if output is not None:
        with output.open("w", encoding="utf-8") as target:
            _print(result, Console(file=target, width=_FILE_WIDTH))
        return
    console = Console()
    _print(result, console if console.is_terminal else Console(width=_FILE_WIDTH))


def _print(result: Result, console: Console) -> None:
    cells = result.texts
    widths = [_narrowest(result, cells, index) for index in range(len(result.columns))]
    if cells and sum(width + _PADDING for width in widths) > console.width:
        _print_blocks(result.columns, cells, console)
    else:
        _print_rows(result.columns, widths, cells, console)
    count = len(cells)
    console.print(f"{count} row{'' if count == 1 else 's'}", style="dim", highlight=False)


def _narrowest(result: Result, cells: list[list[str]], index: int) -> int:
    """How narrow a column may be; a moment that is folded cannot be read."""
    widest = max([len(result.columns[index]), *(len(row[index]) for row in cells)])
    if any(isinstance(row[index], datetime) for row in result.rows):
        return widest
    return max(min(widest, _FOLDED_WIDTH), ceil(widest / _FOLDED_LINES))


def _print_rows(
    columns: tuple[str, ...], widths: list[int], cells: list[list[str]], console: Console
) -> None:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, header_style="bold")
    for name, width in zip(columns, widths, strict=True):
        table.add_column(name, overflow="fold", min_width=width)
    for row in cells:
        table.add_row(*(escape(cell) for cell in row))
    console.print(table)


def _print_blocks(columns: tuple[str, ...], cells: list[list[str]], console: Console) -> None:
    width = max(len(name) for name in columns)
    for row in cells:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="bold", width=width)
        grid.add_column(overflow="fold")
        for name, cell in zip(columns, row, strict=True):
            if cell:
                grid.add_row(name, escape(cell))
        console.print(grid)
        console.rule(style="dim")
