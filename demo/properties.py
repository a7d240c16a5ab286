"""Which properties differ between two items of a resource.

An area is `configuration`, `supplementaryConfiguration`, `tags` or `relationships`.
Inside it, `property_path` is the keys joined with `.`; a key with other characters
than letters, digits, `_` and `-` stands as `["key"]`. Values are canonical JSON text.

- What is added or removed whole is one row with the whole value. A key with a null
  is there; a missing one is not.
- Texts that hold a JSON object or array, however encoded, are opened first.
- An array is a multiset of elements, and order means nothing anywhere in them: a row
  with a path that ends in `[]` for each element that only one side has.
- Elements that carry a name of their own, unique on either side, are matched by it
  and compared: `policies[policyName=own].policyDocument`.
- Tags are texts named by their keys as they are; relationships are compared whole.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from demo.calls import Json

AREAS = ("configuration", "supplementaryConfiguration", "tags", "relationships")
# What an element of an array may be known by; the first that fits all of them counts.
NAMING_KEYS = (
    "Sid", "policyName", "name", "id", "key", "Key", "ruleId", "versionId", "groupId", "arn",
)  # fmt: skip
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+")
# How a JSON object, array or text begins, as it is or URL-encoded.
_MAY_BE_JSON = re.compile(r"\s*(?:[\[{\"]|%(?:25)*(?:7B|5B|22))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Difference:
    """One property that was added, removed or changed."""

    area: str
    path: str
    before: str | None
    after: str | None

    @property
    def change(self) -> str:
        """`added`, `removed` or `changed`."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


def differences(before: Json, after: Json) -> list[Difference]:
    """The differences between two items, area by area and in the order of paths."""
    found = []
    for area in AREAS:
        one, other = before.get(area), after.get(area)
        if area == "tags":
            pairs = _keys(one or {}, other or {}, "", str)
        elif area == "relationships":
            pairs = _multiset(one or [], other or [], "[]")
        else:
            pairs = _values(opened(one), opened(other), "")
        found += sorted(
            (Difference(area, *pair) for pair in pairs),
            key=lambda row: (row.path, row.before or "", row.after or ""),
        )
    return found


def opened(value: Any) -> Any:
    """The value with every text that holds a JSON object or array replaced by it."""
    if isinstance(value, dict):
        return {key: opened(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [opened(inner) for inner in value]
    if isinstance(value, str) and _MAY_BE_JSON.match(value):
        inner = _inside(value)
        return value if inner is None else opened(inner)
    return value


def _inside(text: str) -> Any:
    """The object or array that a text holds, through any number of encodings; else none."""
    if text.lstrip().startswith("%"):
        return _inside(unquote(text))
    try:
        value = json.loads(text)
    except ValueError:
        return None
    if isinstance(value, str):
        return _inside(value) if _MAY_BE_JSON.match(value) else None
    return value if isinstance(value, dict | list) else None


def canonical(value: Any) -> str:
    """JSON text with sorted keys and no spaces; arrays keep their order."""
    return _encode(value)


def unordered(value: Any) -> str:
    """Canonical JSON text that is the same for every order of arrays."""
    return canonical(_sorted(value))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted((_sorted(inner) for inner in value), key=canonical)
    return value


Pair = tuple[str, str | None, str | None]


def _values(before: Any, after: Any, path: str) -> Iterator[Pair]:
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _keys(before, after, path, _key)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _elements(before, after, path)
    elif canonical(before) != canonical(after):
        yield path, canonical(before), canonical(after)


def _keys(before: Json, after: Json, path: str, shown: Callable[[str], str]) -> Iterator[Pair]:
    for key in before | after:
        inner = f"{path}.{shown(key)}" if path else shown(key)
        if key not in before:
            yield inner, None, canonical(after[key])
        elif key not in after:
            yield inner, canonical(before[key]), None
        else:
            yield from _values(before[key], after[key], inner)


def _key(key: str) -> str:
    if _PLAIN_KEY.fullmatch(key):
        return key
    return f"[{json.dumps(key, ensure_ascii=False)}]"


def _elements(before: list[Any], after: list[Any], path: str) -> Iterator[Pair]:
    if canonical(before) == canonical(after):
        return
    naming = _naming_key(before, after)
    if naming is None:
        yield from _multiset(before, after, f"{path}[]")
        return
    named = [{element[naming]: element for element in side} for side in (before, after)]
    for name in named[0] | named[1]:
        inner = f"{path}[{naming}={name}]"
        if name not in named[0]:
            yield inner, None, canonical(named[1][name])
        elif name not in named[1]:
            yield inner, canonical(named[0][name]), None
        else:
            yield from _values(named[0][name], named[1][name], inner)


def _naming_key(before: list[Any], after: list[Any]) -> str | None:
    if not before + after or not all(isinstance(one, dict) for one in before + after):
        return None
    for key in NAMING_KEYS:
        sides = [[element.get(key) for element in side] for side in (before, after)]
        if all(
            all(isinstance(name, str) for name in names) and len(set(names)) == len(names)
            for names in sides
        ):
            return key
    return None


def _multiset(before: list[Any], after: list[Any], path: str) -> Iterator[Pair]:
    # Equal elements may differ in their inner order; each row shows one as it was delivered.
    gone = Counter(unordered(element) for element in before)
    come = Counter(unordered(element) for element in after)
    for rest, elements, is_added in ((gone - come, before, False), (come - gone, after, True)):
        for element in elements:
            key = unordered(element)
            if rest[key] > 0:
                rest[key] -= 1
                text = canonical(element)
                yield (path, None, text) if is_added else (path, text, None)
