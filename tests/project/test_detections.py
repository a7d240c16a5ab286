"""Queries that detect what an attacker does name the techniques of MITRE ATT&CK that they show."""

from pathlib import Path

import pytest
import yaml
from building import REPOSITORY

TECHNIQUES: dict[str, str] = yaml.safe_load(
    (Path(__file__).parent / "techniques.yml").read_text(encoding="utf-8")
)

# Of these subjects and tags, and with this verb, a query is a detection.
SUBJECTS = {"security"}
TAGS = {"denied", "mfa", "public", "root", "signin"}
VERB = "Detects"
NO_DETECTIONS = {
    "changes_by_hand": "what is made by hand is drift from templates, whoever made it",
    "denied_calls_after_changes_of_rights": "finds whom a change of rights has shut out by mistake",
    "errors_by_actor": "counts errors of every kind, most of them of programs that are at fault",
}


def faults(tags: list[str]) -> list[str]:
    """What is wrong with what the tags say of detection."""
    named = [tag.removeprefix("attack.").upper() for tag in tags if tag.startswith("attack.")]
    found = [f"no such technique: {name}" for name in named if name not in TECHNIQUES]
    if "detection" in tags and not named:
        found.append("a detection without a technique")
    if named and "detection" not in tags:
        found.append("a technique, and no detection")
    return found


@pytest.fixture(scope="module")
def tagged() -> dict[str, tuple[str, list[str]]]:
    """The sentence and the tags of each query."""
    return {
        query["name"]: (query["description"], query["config"]["tags"])
        for path in sorted((REPOSITORY / "analyses").rglob("_*.yml"))
        for query in yaml.safe_load(path.read_text(encoding="utf-8"))["analyses"]
    }


def test_a_detection_names_techniques_that_there_are(
    tagged: dict[str, tuple[str, list[str]]],
) -> None:
    wrong = {name: faults(tags) for name, (_, tags) in tagged.items() if faults(tags)}
    assert wrong == {}


def test_what_looks_for_attackers_is_a_detection(tagged: dict[str, tuple[str, list[str]]]) -> None:
    looking = {
        name
        for name, (sentence, tags) in tagged.items()
        if tags[0] in SUBJECTS or TAGS & set(tags) or sentence.startswith(VERB)
    }
    plain = {name for name in looking if "detection" not in tagged[name][1]}
    assert plain == set(NO_DETECTIONS)


def test_no_technique_is_listed_that_no_query_names(
    tagged: dict[str, tuple[str, list[str]]],
) -> None:
    named = {tag.removeprefix("attack.").upper() for _, tags in tagged.values() for tag in tags}
    assert sorted(set(TECHNIQUES) - named) == []


@pytest.mark.parametrize(
    ("tags", "fault"),
    [
        (["s3", "detection"], "a detection without a technique"),
        (["s3", "attack.t1530"], "a technique, and no detection"),
        (["s3", "detection", "attack.1530"], "no such technique: 1530"),
        (["s3", "detection", "attack.t1530.4"], "no such technique: T1530.4"),
        (["s3", "detection", "attack.t9999"], "no such technique: T9999"),
    ],
)
def test_a_detection_that_is_tagged_wrongly_is_found(tags: list[str], fault: str) -> None:
    assert fault in faults(tags)
