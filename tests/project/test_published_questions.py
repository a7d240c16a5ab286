"""What was published for CloudTrail Lake is answered by the catalogue."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from building import REPOSITORY

PARTS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "published_questions.yml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def replaced() -> dict[str, set[str]]:
    """What each query of the catalogue stands for."""
    found = {}
    for path in sorted((REPOSITORY / "analyses").rglob("_*.yml")):
        for query in yaml.safe_load(path.read_text(encoding="utf-8"))["analyses"]:
            found[query["name"]] = set(query["config"]["meta"].get("replaces") or ())
    return found


@pytest.mark.parametrize("part", [name for name, part in PARTS.items() if part["is_complete"]])
def test_what_was_published_has_an_answer(replaced: dict[str, set[str]], part: str) -> None:
    missing = set(PARTS[part]["answers"]) - set().union(*replaced.values())
    assert sorted(missing) == []


def test_what_queries_stand_for_was_published(replaced: dict[str, set[str]]) -> None:
    published = {answer for part in PARTS.values() for answer in part["answers"]}
    wrong = {name: sorted(said - published) for name, said in replaced.items() if said - published}
    assert wrong == {}


def test_the_list_of_what_was_published_is_whole() -> None:
    """AWS published 72 samples and then 6, and 109 widgets."""
    published = [answer for part in PARTS.values() for answer in part["answers"]]
    assert len(published) == len(set(published))
    kinds = [answer.split(":")[0] for answer in published]
    assert (kinds.count("sample"), kinds.count("widget")) == (78, 109)
