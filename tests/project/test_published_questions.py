"""What was published for CloudTrail Lake is answered by the catalogue."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from building import REPOSITORY

from tarn.catalogue_page import NOT_ANSWERED

# How many questions each document asks.
DOCUMENTS = {
    "blog: auditing-generative-ai-workloads": 4,
    "blog: cloudtrail-lake-config-integration": 2,
    "guide: lake-dashboard-cli-create": 4,
    "guide: lake-queries-optimization": 4,
    "guide: lake-query-generator": 8,
    "guide: query-lake-examples": 5,
    "guide: query-limitations": 2,
    "repository: aws-cloudtrail-lake-detections": 7,
    "repository: aws-cloudtrail-lake-github-audit-log": 4,
    "repository: awslabs-mcp": 6,
    # Of guides to AI workloads 27, to event enrichment 3, to Lake 1, to the cost of Config 1.
    "repository: cloud-operations-best-practices": 32,
    "repository: cloudtrail-lake-analysis": 1,
    "repository: cloudtraillake-orchestrator": 4,
    "repository: credential-and-role-usage-reports": 2,
    "repository: iam-identity-center-team": 1,
}

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
    """AWS published 72 samples and then 6, 109 widgets, and questions in documents."""
    published = [answer for part in PARTS.values() for answer in part["answers"]]
    published += [question for questions in NOT_ANSWERED.values() for question in questions]
    assert len(published) == len(set(published))
    kinds = Counter(answer.split(":")[0] for answer in published)
    assert (kinds["sample"], kinds["widget"]) == (78, 109)
    documents = Counter(
        answer.split(" / ")[0]
        for answer in published
        if not answer.startswith(("sample", "widget"))
    )
    assert documents == DOCUMENTS


def test_what_is_not_answered_has_a_reason_and_no_query(replaced: dict[str, set[str]]) -> None:
    unanswered = {question for questions in NOT_ANSWERED.values() for question in questions}
    assert unanswered & set().union(*replaced.values()) == set()
    assert all(reason.strip() for reason in NOT_ANSWERED)
