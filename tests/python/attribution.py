"""How well verdicts agree with the truth of a demo organization."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb

# Kinds of items in the truth that are no change.
NO_CHANGE = frozenset({"first_sight", "repeat", "volatile_only"})
Key = tuple[str, str, str, str, datetime]


@dataclass(slots=True)
class Score:
    """Pairs of changes and events: said and true, said and false, true and not said."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, said: set[str], true: set[str]) -> None:
        """Count one change."""
        self.right += len(said & true)
        self.wrong += len(said - true)
        self.missed += len(true - said)

    @property
    def precision(self) -> float:
        """The share of what is said that is true."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        """The share of what is true that is said."""
        return self.right / max(self.right + self.missed, 1)


@dataclass(slots=True)
class Judgement:
    """The scores of pairs by type, of `exact` verdicts, and of verdicts without an event."""

    by_type: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    pairs: Score = field(default_factory=Score)
    exact: Score = field(default_factory=Score)
    no_event: Score = field(default_factory=Score)

    def table(self) -> str:
        """The scores, for people."""
        named = [*sorted(self.by_type.items()), ("all pairs", self.pairs)]
        named += [("exact verdicts", self.exact), ("no event", self.no_event)]
        return "\n".join(
            f"{name:32} precision {score.precision:.3f}  recall {score.recall:.3f}"
            for name, score in named
        )


def key_of(row: dict[str, Any]) -> Key:
    """What tells an item of the truth from all others."""
    captured_at = datetime.fromisoformat(row["captured_at"]).replace(tzinfo=None)
    place = (row["account_id"], row["aws_region"], row["resource_type"], row["resource_id"])
    return (*place, captured_at)


def judged(lake: duckdb.DuckDBPyConnection, truth: dict[str, Any]) -> Judgement:
    """Every change of the truth against fct_change_attributions."""
    said: dict[Key, set[str]] = defaultdict(set)
    kinds: dict[Key, str] = {}
    for *key, event_id, kind in lake.execute(
        "select account_id, aws_region, resource_type, resource_id, captured_at, event_id, "
        "match_kind from fct_change_attributions"
    ).fetchall():
        kinds[tuple(key)] = kind  # type: ignore[index]
        if event_id is not None:
            said[tuple(key)].add(event_id)  # type: ignore[index]
    judgement = Judgement()
    for item in truth["items"]:
        if item["change_kind"] in NO_CHANGE:
            continue
        key = key_of(item)
        true = set(item["caused_by"])
        judgement.by_type[item["resource_type"]].add(said[key], true)
        judgement.pairs.add(said[key], true)
        if kinds.get(key) == "exact":
            judgement.exact.add({"exact"}, {"exact"} if said[key] == true else set())
        is_none = kinds.get(key) in ("none", "no_logs")
        judgement.no_event.add({"none"} if is_none else set(), set() if true else {"none"})
    return judgement
