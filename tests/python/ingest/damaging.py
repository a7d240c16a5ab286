"""Damaged objects made from good ones by a seed, with what of each must land and what may."""

import gzip
import json
import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final

LONE_SURROGATES: Final = (rb"\ud800", rb"\udfff", rb"a\udc00\ud800z", rb"\ud83d")
HUGE_NUMBERS: Final = (b"1e999", b"-1E-999", b"9" * 400, b"0." + b"3" * 300, b"-0", b"1.50e+2")
NO_RECORDS: Final = (b'"text"', b"12", b"null", b"[]", b"true", b"{}", b"[[[]]]", b'{"a":1}')


@dataclass(frozen=True, slots=True)
class Damaged:
    """An object: its bytes, the records (JSON text) that are whole in it and must land, and what
    has been damaged, which may land where it is a record all the same, and else is set aside."""

    kind: str
    content: bytes
    must_land: tuple[bytes, ...]
    may_land: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class _Good:
    """A good object's text: records between separators, in an envelope."""

    begin: bytes
    records: tuple[bytes, ...]
    separator: bytes
    end: bytes

    @property
    def text(self) -> bytes:
        return self.begin + self.separator.join(self.records) + self.end

    def whole_in(self, length: int) -> tuple[bytes, ...]:
        """The records that end within the first bytes."""
        found, place = [], len(self.begin)
        for record in self.records:
            place += len(record)
            if place > length:
                break
            found.append(record)
            place += len(self.separator)
        return tuple(found)


def real_records(shared: Path) -> tuple[list[bytes], list[bytes]]:
    """Events and items of the real logs, as compact JSON text; none is very long."""
    events, items = [], []
    for path in sorted((shared / "cloudtrail").rglob("*.json*")):
        stored = path.read_bytes()
        try:
            text = gzip.decompress(stored) if stored[:2] == b"\x1f\x8b" else stored
            found = json.loads(text)
        except (ValueError, OSError):
            continue
        records = found.get("Records", []) if isinstance(found, dict) else found
        events += [one for one in records if "eventID" in one and "eventVersion" in one]
    for path in sorted((shared / "config" / "rdk").rglob("*.json")):
        try:
            one = json.loads(path.read_bytes())
        except ValueError:
            continue
        if isinstance(one, dict) and "configurationItemCaptureTime" in one:
            items.append(one)
    packed = partial(json.dumps, separators=(",", ":"), ensure_ascii=False)
    texts = ([packed(one).encode() for one in kind] for kind in (events[::7], items))
    return tuple([text for text in kind if len(text) < 6000] for kind in texts)  # type: ignore[return-value]


def damaged_objects(shared: Path, count: int, seed: int) -> Iterator[Damaged]:
    """So many damaged objects, every kind of damage in turn."""
    chance = random.Random(seed)
    events, items = real_records(shared)
    for number in range(count):
        kind = list(KINDS)[number % len(KINDS)]
        good = _good(chance, events, items)
        yield KINDS[kind](chance, good, kind)


def _good(chance: random.Random, events: list[bytes], items: list[bytes]) -> _Good:
    form = chance.choice(["log", "log", "config", "lines", "array"])
    pool = items if form == "config" else events
    records = tuple(chance.sample(pool, chance.randrange(3, 7)))
    if form == "lines":
        return _Good(b"", records, b"\n", b"\n")
    if form == "array":
        return _Good(b"[", records, b",", b"]")
    name = b"configurationItems" if form == "config" else b"Records"
    return _Good(b'{"%b":[' % name, records, b",", b"]}")


def _zipped(chance: random.Random, text: bytes) -> bytes:
    return gzip.compress(text, 1, mtime=0) if chance.random() < 0.5 else text


def _one_record(
    change: Callable[[random.Random, bytes], bytes],
    chance: random.Random,
    good: _Good,
    kind: str,
) -> Damaged:
    """One record is changed; the others are whole."""
    place = chance.randrange(len(good.records))
    changed = change(chance, good.records[place])
    records = (*good.records[:place], changed, *good.records[place + 1 :])
    text = _Good(good.begin, records, good.separator, good.end).text
    others = good.records[:place] + good.records[place + 1 :]
    # A line of its own that is an empty list is a delivery without records, and nothing is lost.
    empty_delivery = good.separator == b"\n" and not changed.strip(b"[]")
    return Damaged(kind, _zipped(chance, text), others, () if empty_delivery else (changed,))


def _flip(chance: random.Random, raw: bytes) -> bytes:
    place = chance.randrange(1, len(raw) - 1)
    return raw[:place] + bytes([raw[place] ^ (1 << chance.randrange(8))]) + raw[place + 1 :]


def _drop(chance: random.Random, raw: bytes) -> bytes:
    place = chance.randrange(1, len(raw) - 1)
    return raw[:place] + raw[place + chance.randrange(1, 30) :]


def _insert(what: bytes, chance: random.Random, raw: bytes) -> bytes:
    place = chance.randrange(1, len(raw) - 1)
    return raw[:place] + what + raw[place:]


def _add_field(values: tuple[bytes, ...], chance: random.Random, raw: bytes) -> bytes:
    """A further field, first or last, with one of these values."""
    field = b'"addedField":' + chance.choice(values)
    return b"{%b,%b" % (field, raw[1:]) if chance.random() < 0.5 else b"%b,%b}" % (raw[:-1], field)


def _surrogate(chance: random.Random, raw: bytes) -> bytes:
    """A lone surrogate in a text that a column holds, in a nested one, or in an unknown one."""
    lone = chance.choice(LONE_SURROGATES)
    sign = chance.choice([b'"awsRegion":"', b'"arn":"', b'"userAgent":"', b'"resourceName":"'])
    if sign in raw:
        return raw.replace(sign, sign + lone, 1)
    return _add_field((b'"%b"' % lone, b'{"k%b":"%b"}' % (lone, lone)), chance, raw)


def _duplicate(chance: random.Random, raw: bytes) -> bytes:
    """A key twice: a documented one, with another value or with the same, or a nested one."""
    field = chance.choice(
        [b'"awsRegion":"us-east-1"', b'"tags":{"a":"1","a":"2"}', b'"requestParameters":null']
    )
    return b"{%b,%b,%b" % (field, field, raw[1:])


def _deep(chance: random.Random, raw: bytes) -> bytes:
    levels = chance.choice([60, 500, 5_000, 60_000])
    begin, end = chance.choice([(b"[", b"]"), (b'{"a":', b"}")])
    return _add_field((begin * levels + b"1" + end * levels,), chance, raw)


def _replaced(chance: random.Random, raw: bytes) -> bytes:
    del raw
    return chance.choice(NO_RECORDS)


def _cut(chance: random.Random, good: _Good, kind: str) -> Damaged:
    length = chance.randrange(len(good.begin) + 1, len(good.text) - len(good.end) - 1)
    return Damaged(kind, _zipped(chance, good.text[:length]), good.whole_in(length))


def _cut_gzip(chance: random.Random, good: _Good, kind: str) -> Damaged:
    stored = gzip.compress(good.text, 6, mtime=0)
    stored = stored[: chance.randrange(20, len(stored) - 1)]
    length = len(zlib.decompressobj(31).decompress(stored))
    return Damaged(kind, stored, good.whole_in(length))


def _flip_gzip(chance: random.Random, good: _Good, kind: str) -> Damaged:
    """A flipped bit in a gzip file: unless it is of no matter, no record can be trusted."""
    stored = bytearray(gzip.compress(good.text, 6, mtime=0))
    stored[chance.randrange(10, len(stored))] ^= 1 << chance.randrange(8)
    return Damaged(kind, bytes(stored), ())


def _second_member(chance: random.Random, good: _Good, kind: str) -> Damaged:
    """Two members, the second one with a wrong checksum, or followed by what is no gzip."""
    half = len(good.records) // 2
    first = good.begin + good.separator.join(good.records[:half]) + good.separator
    rest = good.text[len(first) :]
    second = bytearray(gzip.compress(rest, 6, mtime=0))
    if chance.random() < 0.5:
        second[-8] ^= 1
        return Damaged(kind, gzip.compress(first, mtime=0) + second, good.records[:half])
    stored = gzip.compress(first, mtime=0) + bytes(second) + b"rubbish"
    return Damaged(kind, stored, good.records)


def _bomb(chance: random.Random, good: _Good, kind: str) -> Damaged:
    """Nothing but one character, a thousand times smaller than what it inflates to."""
    del good
    filling = chance.choice([b" ", b"\0", b"[", b"a"])
    return Damaged(kind, _zipped_filling(filling), ())


@cache
def _zipped_filling(filling: bytes) -> bytes:
    return gzip.compress(filling * (24 << 20), 6, mtime=0)


KINDS: Final[dict[str, Callable[[random.Random, _Good, str], Damaged]]] = {
    "a flipped bit": partial(_one_record, _flip),
    "dropped bytes": partial(_one_record, _drop),
    "a NUL": partial(_one_record, partial(_insert, b"\0")),
    "no UTF-8": partial(_one_record, partial(_insert, b"\xff\xc0")),
    "a stray quote": partial(_one_record, partial(_insert, b'"')),
    "a stray bracket": partial(_one_record, partial(_insert, b"}")),
    "a lone surrogate": partial(_one_record, _surrogate),
    "a duplicate key": partial(_one_record, _duplicate),
    "deep nesting": partial(_one_record, _deep),
    "a huge number": partial(_one_record, partial(_add_field, HUGE_NUMBERS)),
    "no record": partial(_one_record, _replaced),
    "cut": _cut,
    "a cut gzip": _cut_gzip,
    "a flipped bit of gzip": _flip_gzip,
    "a wrong second member": _second_member,
    "a bomb": _bomb,
}
