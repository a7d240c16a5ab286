"""What names mean at a place in a query: relations with their fields, and lambdas' parameters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tarn.lake_sql.types import Type


@dataclass(frozen=True, slots=True)
class Sql:
    """A translated expression: DuckDB's text and Trino's type.

    `text` of a constant is its `value`; one that was `given` for a parameter becomes what is
    needed. `is_aggregate` is said of a call that puts rows together.
    """

    text: str
    type: Type
    value: str | None = None
    given: bool = False
    is_aggregate: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A column in sight: its name (null: none), and how DuckDB gets it."""

    name: str | None
    sql: str
    type: Type

    def is_named(self, name: str) -> bool:
        """Whether a name, however spelled, is this one."""
        return self.name is not None and self.name.lower() == name.lower()


@dataclass(frozen=True, slots=True)
class Relation:
    """Something in FROM: its name, if it has one, and its columns."""

    name: str | None
    fields: tuple[Field, ...]


@dataclass(slots=True)
class Scope:
    """What is in sight at a place: relations, parameters of lambdas; then the outside."""

    relations: list[Relation] = field(default_factory=list)
    parameters: Mapping[str, Sql] = field(default_factory=dict)
    outer: "Scope | None" = None
    # What ORDER BY may call by its name: expressions of the SELECT list.
    outputs: list[tuple[str, Sql]] = field(default_factory=list)
    # The texts of columns that USING made one of two.
    merged: dict[str, Field] = field(default_factory=dict)
    # What translates subqueries here, and the windows that have names.
    queries: Any = None
    windows: dict[str, Any] = field(default_factory=dict)
    allows_aggregates: bool = False

    def matches(self, name: str) -> list[Field]:
        """The columns of that name, of whatever relation."""
        if name.lower() in self.merged:
            return [self.merged[name.lower()]]
        return [one for relation in self.relations for one in relation.fields if one.is_named(name)]

    def qualified(self, relation: str, name: str) -> list[Field]:
        """The columns of that name in the relations of that name."""
        return [
            one
            for candidate in self.relations
            if candidate.name is not None and candidate.name.lower() == relation.lower()
            for one in candidate.fields
            if one.is_named(name)
        ]

    def has_relation(self, name: str) -> bool:
        """Whether a relation is called so."""
        return any(one.name and one.name.lower() == name.lower() for one in self.relations)

    def outwards(self) -> Iterator["Scope"]:
        """This scope and those around it."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer
