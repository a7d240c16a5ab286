"""The query catalogue as `tarn build` compiled it: asking needs neither dbt nor the project."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tarn.errors import TarnError, WrongUse
from tarn.times import parse_moment

Value = str | int | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A typed parameter: text (maybe one of `choices`), integer, boolean or timestamp."""

    name: str
    type: str
    default: str | int | bool | None
    description: str
    choices: tuple[str, ...] = ()

    def parse(self, text: str) -> Value:
        """The value that a person wrote; raises WrongUse naming the parameter."""
        try:
            match self.type:
                case "timestamp":
                    return parse_moment(text)
                case "integer":
                    return int(text)
                case "boolean":
                    return _boolean(text)
        except ValueError as error:
            detail = error if self.type != "integer" else f"'{text}' is no whole number"
            raise WrongUse(f"Parameter {self.name}: {detail}.") from error
        if self.choices and text not in self.choices:
            said = ", ".join(self.choices)
            raise WrongUse(f"Parameter {self.name}: '{text}' is none of {said}.")
        return text


@dataclass(frozen=True, slots=True)
class Query:
    """A query of the catalogue: its SQL has a bind parameter `$name` for each parameter."""

    name: str
    subject: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: dict[str, str]
    replaces: tuple[str, ...]
    sql: str
    corrects: str = ""

    def bind(self, given: Mapping[str, str]) -> dict[str, Value]:
        """Values for every parameter that the SQL has, defaults filled in.

        Raises WrongUse for a parameter that the query does not have.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                names = ", ".join(known) or "none"
                raise WrongUse(f"{self.name} has no parameter {name}; it has: {names}.")
        values: dict[str, Value] = {}
        for name, parameter in known.items():
            text = given.get(name, parameter.default)
            values[name] = parameter.parse(str(text)) if text is not None else None
        since, until = values.get("since"), values.get("until")
        if isinstance(since, datetime) and isinstance(until, datetime) and since > until:
            raise WrongUse(f"The window is reversed: {since} is after {until}.")
        return values


def load(path: Path) -> list[Query]:
    """The compiled catalogue; raises TarnError when nothing was built yet."""
    try:
        return [_query(row) for row in json.loads(path.read_text(encoding="utf-8"))["queries"]]
    except FileNotFoundError as error:
        raise TarnError("There is no catalogue yet: run `tarn build` first.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise TarnError(f"{path} is damaged: run `tarn build --force`.") from error


def made_from(path: Path) -> str | None:
    """The hash of the project that a whole catalogue was compiled from; null where none is."""
    try:
        load(path)
        made: str | None = json.loads(path.read_text(encoding="utf-8")).get("made_from")
    except (TarnError, OSError):
        return None
    return made


def save(path: Path, queries: Iterable[Query], made_from: str = "") -> None:
    """Write the catalogue whole: a reader sees the old one or the new one."""
    aside = path.with_suffix(".new")
    content = {"made_from": made_from, "queries": [asdict(query) for query in queries]}
    aside.write_text(json.dumps(content, indent=1), encoding="utf-8")
    aside.replace(path)


def find(queries: Iterable[Query], name: str) -> Query:
    """The query of that name; raises WrongUse with near names."""
    from difflib import get_close_matches

    by_name = {query.name: query for query in queries}
    if name in by_name:
        return by_name[name]
    near = get_close_matches(name, by_name, n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else "`tarn queries` lists all."
    raise WrongUse(f"There is no query {name}: {hint}")


def _boolean(text: str) -> bool:
    values = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if text.lower() not in values:
        raise ValueError(f"'{text}' is neither true nor false")
    return values[text.lower()]


def _query(row: dict[str, Any]) -> Query:
    parameters = tuple(
        Parameter(**{**parameter, "choices": tuple(parameter["choices"])})
        for parameter in row.pop("parameters")
    )
    return Query(
        **{**row, "tags": tuple(row["tags"]), "replaces": tuple(row["replaces"])},
        parameters=parameters,
    )
