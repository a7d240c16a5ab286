"""Rows on a terminal are a table while that can be read, and else blocks."""

from pathlib import Path

import duckdb
import pytest

from tarn import results
from tarn.table import print_table

WIDTH = 200


def printed(path: Path, sql: str) -> list[str]:
    """The lines that a query's rows are printed as."""
    with duckdb.connect() as connection:
        print_table(results.fetch(connection, sql, {}), path)
    return path.read_text(encoding="utf-8").splitlines()


def columns(*lengths: int) -> str:
    """A query of one row, with a cell of each of these lengths."""
    cells = (f"repeat('x', {length}) as column_{index}" for index, length in enumerate(lengths))
    return f"select {', '.join(cells)}"


@pytest.mark.parametrize("lengths", [(8, 8), (300, 90), (60, 60, 60, 60)])
def test_what_is_folded_over_few_lines_is_a_table(tmp_path: Path, lengths: tuple[int, ...]) -> None:
    header, _, *rows, count = printed(tmp_path / "out", columns(*lengths))
    assert header.split() == [f"column_{index}" for index in range(len(lengths))]
    assert len(rows) <= 3
    assert count == "1 row"


@pytest.mark.parametrize("lengths", [(10,) * 20, (*(20,) * 8, 140), (600, 90)])
def test_what_would_be_folded_over_many_lines_is_a_block_a_row(
    tmp_path: Path, lengths: tuple[int, ...]
) -> None:
    first, *_ = printed(tmp_path / "out", columns(*lengths))
    assert first.split() == ["column_0", "x" * min(lengths[0], WIDTH - len("column_0") - 2)]
