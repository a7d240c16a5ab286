"""Two thousand damaged objects: no crash, no good record lost, none made up, every loss told."""

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from damaging import KINDS, Damaged, damaged_objects
from small_lakes import NOW, ingest, landed, put

from ingest.landing.rebuild import original_text
from ingest.landing.schema import CATEGORIES
from ingest.limits import Limits
from ingest.status import read_status

COUNT = 2_048
LIMITS = Limits(whole_object=8 << 20, ratio=20)


def canonical(text: bytes | str) -> str:
    """A JSON text as one that is equal wherever the values are, digits of numbers included."""
    found = json.loads(
        text, parse_int=lambda digits: ["int", digits], parse_float=lambda digits: ["real", digits]
    )
    return json.dumps(found, sort_keys=True)


def may_be(text: bytes) -> list[str]:
    """The canonical form of what may be JSON, or nothing."""
    try:
        return [canonical(text.decode())]
    except (ValueError, RecursionError):
        return []


def heads(changed: bytes) -> list[str]:
    """What a damaged record may be taken for if its end came too early; the rest is set aside."""
    text = changed.decode(errors="surrogateescape")
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return []
    return may_be(text[:end].encode(errors="surrogateescape"))


@pytest.mark.parametrize("seed", [1, 2])
def test_of_every_damaged_object_the_good_records_land(
    root: Path, source: Path, shared: Path, seed: int
) -> None:
    made: dict[str, Damaged] = {}
    for number, one in enumerate(damaged_objects(shared, COUNT // 2, seed)):
        made[str(put(source, f"{number:04}.json", one.content, zipped=False))] = one
    summary = ingest(root, source, workers=1, limits=LIMITS)
    assert summary.objects == len(made) == COUNT // 2
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for category in CATEGORIES:
        for row in landed(root, category.name):
            found[row["_source_object"]][canonical(original_text(row, category))] += 1
    told: dict[str, list[Any]] = defaultdict(list)
    for entry in read_status(root, NOW).quarantine:
        told[entry.uri].append(entry)
    wrong = []
    for uri, one in made.items():
        must = Counter(canonical(text) for text in one.must_land)
        may = Counter(text for changed in one.may_land for text in may_be(changed))
        if told[uri]:
            may.update(text for changed in one.may_land for text in heads(changed))
        if must - found[uri]:
            wrong.append((one.kind, uri, "lost", (must - found[uri]).total()))
        if found[uri] - must - may:
            wrong.append((one.kind, uri, "made up", sorted(found[uri] - must - may)))
        expected = must.total() + len(one.may_land)
        if found[uri].total() < expected and not told[uri]:
            wrong.append((one.kind, uri, "not told", told[uri]))
    assert wrong == [], (len(wrong), Counter((kind, what) for kind, _, what, _ in wrong), wrong[:5])
    assert {one.kind for one in made.values()} == set(KINDS)
    kept = {entry.reason for entries in told.values() for entry in entries}
    assert kept >= {"not_json", "too_large", "truncated_gzip", "corrupt_gzip", "wrong_shape"}
