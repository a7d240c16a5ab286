"""What is wrong with a query, told where the user wrote it."""

from dataclasses import dataclass

from tarn.errors import TarnError


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a query: line and column, both from 1."""

    line: int
    column: int


class QueryError(TarnError):
    """A query that cannot run: one sentence, with the place in the user's text if it is known."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        self.place = place
        where = f"line {place.line}, column {place.column}: " if place else ""
        super().__init__(f"{where}{message}")


def place_in(text: str, offset: int) -> Place:
    """The line and column of a character of a text."""
    before = text[:offset]
    return Place(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)
