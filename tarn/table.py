"""Rows as a table on a terminal: wide cells are folded, never cut."""

from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from tarn.results import Result, as_text

# Fewer columns than this a column and a table is harder to read than a record a block.
_NARROWEST_COLUMN = 9


def print_table(result: Result, output: Path | None = None) -> None:
    """Print rows as a table, or as one block a row where a table would not fit the width."""
    if output is not None:
        with output.open("w", encoding="utf-8") as target:
            _print(result, Console(file=target, width=200))
        return
    console = Console()
    if not console.is_terminal:
        console = Console(width=200)
    _print(result, console)


def _print(result: Result, console: Console) -> None:
    shown = [index for index, _ in enumerate(result.columns)]
    if console.width // max(len(shown), 1) < _NARROWEST_COLUMN:
        _print_blocks(result, console)
    else:
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, header_style="bold")
        for name in result.columns:
            table.add_column(name, overflow="fold")
        for row in result.rows:
            table.add_row(*(_cell(value) for value in row))
        console.print(table)
    count = len(result.rows)
    console.print(f"{count} row{'' if count == 1 else 's'}", style="dim", highlight=False)


def _print_blocks(result: Result, console: Console) -> None:
    width = max((len(name) for name in result.columns), default=0)
    for row in result.rows:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="bold", width=width)
        grid.add_column(overflow="fold")
        for name, value in zip(result.columns, row, strict=True):
            if value is not None:
                grid.add_row(name, _cell(value))
        console.print(grid)
        console.rule(style="dim")


def _cell(value: object) -> str:
    from rich.markup import escape

    return escape(as_text(value))
