"""The suites of `expectations/`: what each reads, and what it expects of every row."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ingest.landing.schema import CATEGORIES
from tarn.errors import TarnError

FOLDER: Final = "expectations"
LEDGER: Final = "ledger"
LANDED: Final = tuple(category.name for category in CATEGORIES)
# In every suite's rows where it can be told: the batch that is to be checked again if one fails.
BATCH: Final = "_batch_id"

_FIELDS: Final = {"description", "reads", "docs", "key", "query", "expectations"}
_EXPECTATION_FIELDS: Final = {"says", "type", "kwargs"}


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation: a type of great-expectations', its arguments, and it in plain words."""

    says: str
    type: str
    kwargs: dict[str, Any]

    @property
    def mostly(self) -> float:
        """The share of rows that have to be as expected."""
        return float(self.kwargs.get("mostly", 1))


@dataclass(frozen=True, slots=True)
class Suite:
    """What is expected of the rows of one query; `reads` is a landed category, `ledger` or a
    mart, `docs` dbt's name of it, and `key` the columns that name a row."""

    name: str
    description: str
    reads: str
    docs: str
    key: tuple[str, ...]
    query: str
    expectations: tuple[Expected, ...]
    digest: str

    @property
    def is_of_landing(self) -> bool:
        """Whether it is checked batch by batch, and not whenever a mart has changed."""
        return self.reads == LEDGER or self.reads in LANDED


def read_suites(project: Path) -> list[Suite]:
    """The suites of a project, those of landing first. Raises TarnError naming the file."""
    folder = project / FOLDER
    paths = sorted(folder.rglob("*.yml"))
    if not paths:
        raise TarnError(
            f"There are no suites in {folder}: copy the folder `{FOLDER}` of a project that "
            "`tarn init` makes."
        )
    suites = [
        _read(path, ".".join(path.relative_to(folder).with_suffix("").parts)) for path in paths
    ]
    return sorted(suites, key=lambda suite: (not suite.is_of_landing, suite.name))


def chosen(suites: Sequence[Suite], names: Sequence[str]) -> list[Suite]:
    """The suites of these names, all of them for none. Raises TarnError for one that is not."""
    there = {suite.name for suite in suites}
    for name in names:
        if name not in there:
            raise TarnError(f"There is no suite {name}; there are: {', '.join(sorted(there))}.")
    return [suite for suite in suites if not names or suite.name in names]


def _read(path: Path, name: str) -> Suite:
    import yaml

    text = path.read_bytes()
    try:
        said = yaml.safe_load(text)
        _refuse_unknown(said, _FIELDS)
        for expectation in said["expectations"]:
            _refuse_unknown(expectation, _EXPECTATION_FIELDS)
        return Suite(
            name=name,
            description=said["description"].strip(),
            reads=said["reads"],
            docs=said["docs"],
            key=tuple(said["key"]),
            query=said["query"],
            expectations=tuple(Expected(**expectation) for expectation in said["expectations"]),
            digest=hashlib.sha256(text).hexdigest(),
        )
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise TarnError(f"{path} is no suite of expectations ({error}).") from error


def _refuse_unknown(said: dict[str, Any], known: set[str]) -> None:
    for field in said:
        if field not in known:
            raise ValueError(f"there is no field {field}; there are: {', '.join(sorted(known))}")
