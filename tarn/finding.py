"""Finding queries by words: in names, tags, sentences and columns, whatever form the words take."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tarn.catalogue import Query

# What people say for what the catalogue says.
_SAME: Final = {
    "login": "sign",
    "logon": "sign",
    "signin": "sign",
    "logged": "sign",
    "sso": "center",
    "idc": "center",
    "denial": "denied",
    "unauthorized": "denied",
    "forbidden": "denied",
    "exception": "error",
    "failure": "error",
    "ip": "address",
    "user": "actor",
    "principal": "actor",
    "caller": "actor",
    "scp": "control",
    "removed": "delet",
    "destroyed": "delet",
    "sg": "group",
    "2fa": "mfa",
    "hijacked": "exposed",
    "leaked": "exposed",
    "credential": "key",
    "database": "rds",
}
# Words of questions that say nothing of what is asked for.
_EMPTY: Final = {
    *("a", "all", "an", "and", "any", "are", "by", "did", "do", "does", "for", "from", "give"),
    *("has", "have", "how", "i", "in", "is", "it", "list", "me", "my", "of", "on", "or"),
    *("our", "show", "that", "the", "their", "them", "there", "to", "was", "we", "were"),
    *("what", "when", "where", "which", "who", "whose", "why", "with"),
}
_ENDINGS: Final = (
    *("ations", "ation", "ions", "ion", "ings", "ing"),
    *("ies", "ied", "ers", "es", "ed", "er", "s", "e"),
)
_SHORTEST: Final = 3
# A word in the name counts most, then among tags, in the sentence, and in the rest.
_WEIGHTS: Final = (8, 6, 4, 1)


@dataclass(frozen=True, slots=True)
class Found:
    """Queries, best first; `missing` are words that none of them has."""

    queries: tuple[Query, ...]
    missing: tuple[str, ...] = ()


def search(queries: Iterable[Query], words: Sequence[str]) -> Found:
    """The queries that have every word, or where none has, those that have most of them.

    Case and the ending of a word do not count, nor words such as "who" or "the".
    """
    known = list(queries)
    wanted = {stem: word for word in words for stem in _stems(word)}
    if not wanted:
        return Found(tuple(sorted(known, key=lambda query: (query.subject, query.name))))
    scored = [(query, _points(query, list(wanted))) for query in known]
    most = max((sum(points > 0 for points in one) for _, one in scored), default=0)
    if most == 0:
        return Found((), tuple(words))
    hits = [(query, one) for query, one in scored if sum(points > 0 for points in one) == most]
    hits.sort(key=lambda hit: (-sum(hit[1]), hit[0].name.count("_"), hit[0].subject, hit[0].name))
    lacking = tuple(
        word for place, word in enumerate(wanted.values()) if not any(one[place] for _, one in hits)
    )
    if most < len(wanted) and not lacking:
        lacking = ("all of them together",)
    return Found(tuple(query for query, _ in hits), lacking if most < len(wanted) else ())


def _points(query: Query, stems: Sequence[str]) -> list[int]:
    fields = _fields(query)
    return [
        max(
            weight * (2 if stem in held else any(one.startswith(stem) for one in held))
            for weight, held in zip(_WEIGHTS, fields, strict=True)
        )
        for stem in stems
    ]


def _fields(query: Query) -> tuple[frozenset[str], ...]:
    rest = [*query.columns, *(parameter.name for parameter in query.parameters), *query.replaces]
    texts = (query.name, " ".join((*query.tags, query.subject)), query.description, " ".join(rest))
    return tuple(frozenset(_stems(text)) for text in texts)


def _stems(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", text).lower())
    return [_stem(word) for word in words if word not in _EMPTY]


def _stem(word: str) -> str:
    """The word without its ending; of what people say otherwise, the catalogue's own word."""
    for ending in ("", "s"):
        if word.endswith(ending) and word.removesuffix(ending) in _SAME:
            return _cut(_SAME[word.removesuffix(ending)])
    return _cut(word)


def _cut(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word.removesuffix(ending)
    return word
