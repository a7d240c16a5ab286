"""Damaged objects: what is whole lands, what is broken is set aside, and nothing is made up."""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_lakes import event, log, put

from ingest.formats.fast import Events
from ingest.formats.reader import Reading, read_object
from ingest.formats.records import Row
from ingest.landing.rebuild import original
from ingest.limits import Limits
from ingest.problems import Reason
from ingest.sources.local import local_object

SMALL = Limits(whole_object=64 * 1024)


@dataclass
class Taken:
    """A sink that keeps what it takes."""

    records: list[Any] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def events(self, events: Events, first_index: int) -> None:
        for number, record in enumerate(events.records):
            self.records.append(("event", record.event_id))
            self.places.append(first_index + number)

    def row(self, row: Row, index: int) -> None:
        names = [one.column for one in row.category.fields]
        columns = dict(zip([*names, "_unknown_fields", "_as_sent"], row.texts, strict=True))
        record = original(columns, row.category)
        kind = ("event", "eventID") if "eventTime" in record else ("item", "resourceId")
        self.records.append((kind[0], record.get(kind[1])))
        self.places.append(index)


def read(path: Path, limits: Limits = Limits()) -> tuple[Taken, Reading]:  # noqa: B008
    """Read an object and keep what is in it."""
    taken = Taken()
    return taken, read_object(local_object(str(path)), taken, limits)


def ids(numbers: Any) -> list[tuple[str, str]]:
    return [("event", event(number)["eventID"]) for number in numbers]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


BREAKS: dict[str, Callable[[bytes], bytes]] = {
    "a lost quote": lambda raw: raw.replace(b'"eventName":"', b'"eventName":', 1),
    "a lost brace": lambda raw: raw[:-1],
    "a NUL": lambda raw: raw.replace(b"Put", b"P\0t", 1),
    "cut in the middle": lambda raw: raw[: len(raw) // 2],
    "no UTF-8": lambda raw: raw.replace(b"aws-cli", b"aws\xff\xfecli"),
    "a control character": lambda raw: raw.replace(b"aws-cli", b"aws\ncli"),
    "no number": lambda raw: raw.replace(b'"readOnly":false', b'"readOnly":NaN'),
    "an odd escape": lambda raw: raw.replace(b"aws-cli", b"aws\\qcli"),
}


@pytest.mark.parametrize("how", BREAKS)
@pytest.mark.parametrize("limits", [Limits(), SMALL], ids=["whole", "streamed"])
def test_one_broken_record_costs_one_record(folder: Path, how: str, limits: Limits) -> None:
    count, broken = 400, 170
    raws = [json.dumps(event(n), separators=(",", ":")).encode() for n in range(count)]
    raws[broken] = BREAKS[how](raws[broken])
    body = b'{"Records":[' + b",".join(raws) + b"]}"
    taken, reading = read(put(folder, "a.json.gz", body), limits)
    assert taken.records == ids(n for n in range(count) if n != broken)
    assert len(reading.problems) == 1
    problem = reading.problems[0]
    assert problem.reason is Reason.NOT_JSON
    assert problem.index == broken
    assert problem.offset == len(b'{"Records":[') + sum(len(r) + 1 for r in raws[:broken])
    assert body[problem.offset :].startswith(problem.raw)
    assert raws[broken].strip() in problem.raw + b","


@pytest.mark.parametrize("limits", [Limits(), SMALL], ids=["whole", "streamed"])
def test_of_a_truncated_gzip_all_whole_records_land(folder: Path, limits: Limits) -> None:
    body = log(event(n) for n in range(300))
    stored = gzip.compress(body, 6)
    path = put(folder, "a.json.gz", stored[: len(stored) * 2 // 3], zipped=False)
    taken, reading = read(path, limits)
    assert 100 < len(taken.records) < 300
    assert taken.records == ids(range(len(taken.records)))
    assert [problem.reason for problem in reading.problems] == [Reason.TRUNCATED_GZIP]


def test_a_gzip_without_its_trailer_lands_and_says_so(folder: Path) -> None:
    stored = gzip.compress(log(event(n) for n in range(3)))
    taken, reading = read(put(folder, "a.json.gz", stored[:-8], zipped=False))
    assert taken.records == ids(range(3))
    assert [problem.reason for problem in reading.problems] == [Reason.TRUNCATED_GZIP]


@pytest.mark.parametrize("limits", [Limits(), SMALL], ids=["whole", "streamed"])
def test_of_a_gzip_with_a_wrong_checksum_nothing_lands(folder: Path, limits: Limits) -> None:
    body = log(event(n) for n in range(300)).replace(b"eu-west-1", b"eu-west-9", 1)
    stored = bytearray(gzip.compress(body))
    stored[-6] ^= 1
    taken, reading = read(put(folder, "a.json.gz", bytes(stored), zipped=False), limits)
    assert taken.records == []
    assert [problem.reason for problem in reading.problems] == [Reason.CORRUPT_GZIP]
    assert limits is SMALL or reading.copy == bytes(stored)


def test_members_of_one_gzip_are_one_text(folder: Path) -> None:
    body = log(event(n) for n in range(50))
    parts = [body[:777], body[777:9000], b"", body[9000:]]
    stored = b"".join(gzip.compress(part) for part in parts) + b"\0" * 512
    taken, reading = read(put(folder, "a.json.gz", stored, zipped=False))
    assert taken.records == ids(range(50))
    assert reading.problems == []


def test_members_before_a_damaged_one_land(folder: Path) -> None:
    lines = [json.dumps(event(n)).encode() + b"\n" for n in range(4)]
    damaged = bytearray(gzip.compress(lines[3]))
    damaged[-1] ^= 255
    stored = b"".join(map(gzip.compress, lines[:3])) + damaged
    taken, reading = read(put(folder, "a.json.gz", stored, zipped=False))
    assert taken.records == ids(range(3))
    assert [problem.reason for problem in reading.problems] == [Reason.CORRUPT_GZIP]


@pytest.mark.parametrize("filling", [b" ", b"\0", b"["])
def test_a_bomb_is_stopped(folder: Path, filling: bytes) -> None:
    limits = Limits(whole_object=1 << 20, ratio=50)
    taken, reading = read(put(folder, "a.json.gz", filling * (80 << 20)), limits)
    assert taken.records == []
    assert [problem.reason for problem in reading.problems] == [Reason.TOO_LARGE]


def test_a_record_nested_too_deeply_costs_one_record(folder: Path) -> None:
    deep = '{"a":' * 60_000 + "1" + "}" * 60_000
    raws = [json.dumps(event(n)) for n in range(5)]
    raws[2] = raws[2].replace('{"bucketName": "bucket-2", "x-amz-acl": "private"}', deep)
    body = ('{"Records":[' + ",".join(raws) + "]}").encode()
    taken, reading = read(put(folder, "a.json", body, zipped=False))
    assert taken.records == ids([0, 1, 3, 4])
    assert [problem.reason for problem in reading.problems] == [Reason.TOO_LARGE]


def test_a_record_beyond_the_limit_costs_one_record(folder: Path) -> None:
    limits = Limits(whole_object=1 << 20, record=2 << 20)
    records = [event(0), event(1, requestParameters={"a": "x" * (9 << 20)}), event(2), event(3)]
    stored = log(records)
    taken, reading = read(put(folder, "a.json", stored, zipped=False), limits)
    assert taken.records == ids([0, 2, 3])
    assert [problem.reason for problem in reading.problems] == [Reason.TOO_LARGE]
    assert (reading.problems[0].length or 0) > 9 << 20
    assert len(reading.problems[0].raw) <= limits.kept_record


def test_a_broken_line_costs_one_line(folder: Path) -> None:
    envelopes = [
        {"version": "0", "detail-type": "AWS API Call via CloudTrail", "detail": event(n)}
        for n in range(20)
    ]
    lines = [json.dumps(envelope).encode() for envelope in envelopes]
    lines[7] = lines[7][:-30]
    taken, reading = read(put(folder, "a.json.gz", b"\n".join(lines)))
    assert taken.records == ids(n for n in range(20) if n != 7)
    assert len(reading.problems) == 1


def test_the_inside_of_a_broken_record_is_no_record(folder: Path) -> None:
    outer = json.dumps(event(0, responseElements={"items": [{"a": 1}, {"resourceType": "x"}]}))
    broken = outer.replace('"eventSource"', '"eventSource', 1)
    body = f'{{"Records":[{json.dumps(event(1))},{broken},{json.dumps(event(2))}]}}'
    taken, _ = read(put(folder, "a.json", body.encode(), zipped=False))
    assert taken.records == ids([1, 2])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \n", Reason.EMPTY),
        (b"Apache License", Reason.NOT_JSON),
        (b"PK\x03\x04 something", Reason.NOT_JSON),
        (b"\xff\xfe\x00\xd8", Reason.NOT_JSON),
        (b"12", Reason.WRONG_SHAPE),
        (b'"text"', Reason.WRONG_SHAPE),
        (b'{"a":1}', Reason.WRONG_SHAPE),
        (b'{"Records":[{"eventVersion":"1.08","eventID":"x"}]}', Reason.MISSING_TIME),
        (b'{"Records":[{"eventVersion":"1.08","eventTime":"soon"}]}', Reason.MISSING_TIME),
        (b'{"Records":["x"]}', Reason.WRONG_SHAPE),
        (b'{"configurationItems":[{"resourceType":"a","resourceId":"b"}]}', Reason.WRONG_SHAPE),
        (
            b'{"configurationItems":[{"resourceType":"a","resourceId":"b","accountId":"1"}]}',
            Reason.MISSING_TIME,
        ),
        (
            b'{"Records":[{"eventVersion":"1.0","eventCategory":"Aggregated","accountId":"1"}]}',
            Reason.UNSUPPORTED_CATEGORY,
        ),
    ],
)
def test_each_failure_has_its_reason(folder: Path, content: bytes, reason: Reason) -> None:
    taken, reading = read(put(folder, "a.json", content, zipped=False))
    assert taken.records == []
    assert [problem.reason for problem in reading.problems] == [reason]
    assert reading.copy == content


def test_a_good_record_beside_one_without_time_lands(folder: Path) -> None:
    records = [event(0), {**event(1), "eventTime": None}, event(2)]
    taken, reading = read(put(folder, "a.json.gz", log(records)))
    assert taken.records == ids([0, 2])
    problem = reading.problems[0]
    assert (problem.reason, problem.index) == (Reason.MISSING_TIME, 1)
    assert json.loads(problem.raw) == records[1]


FILES = [log(event(n) for n in range(12)), json.dumps([event(n) for n in range(12)]).encode()]


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_no_damage_stops_the_reader_or_makes_a_record_up(data: st.DataObject) -> None:
    """Seeded mutations of good files: what lands was there, what is not touched lands."""
    body = bytearray(data.draw(st.sampled_from(FILES)))
    whole = dict.fromkeys(ids(range(12)))
    at = data.draw(st.integers(0, len(body) - 1))
    kind = data.draw(st.sampled_from(["cut", "drop", "flip", "insert"]))
    size = data.draw(st.integers(1, 40))
    if kind == "cut":
        del body[at:]
    elif kind == "drop":
        del body[at : at + size]
    elif kind == "flip":
        body[at] ^= data.draw(st.integers(1, 255))
    else:
        body[at:at] = data.draw(st.sampled_from([b'"', b"{", b"}", b"[", b"]", b"\0", b",", b"\\"]))
    with NamedTemporaryFile(suffix=".json") as file:
        file.write(body)
        file.flush()
        taken, _ = read(Path(file.name))
    # A drop of 40 bytes touches two records at most, and may make one of their halves.
    whole_ones = at // 640 if kind == "cut" else 10
    assert len(taken.records) >= whole_ones - 1
    changed = [one for one in taken.records if one not in whole]
    assert len(changed) <= 1
    assert taken.places == sorted(set(taken.places))


@pytest.mark.parametrize("nothing", ["[]", "[[ ]]", "[\n[],[]]"])
def test_an_empty_list_in_place_of_a_record_is_told(folder: Path, nothing: str) -> None:
    text = f'{{"Records":[{json.dumps(event(0))},{nothing},{json.dumps(event(1))}]}}'
    taken, reading = read(put(folder, "a.json", text.encode(), zipped=False))
    assert taken.records == ids([0, 1])
    assert {problem.reason for problem in reading.problems} == {Reason.WRONG_SHAPE}


@pytest.mark.parametrize("text", [b'{"Records":[]}', b"[]", b'{"configurationItems":[]}'])
def test_a_delivery_without_records_is_no_problem(folder: Path, text: bytes) -> None:
    taken, reading = read(put(folder, "a.json", text, zipped=False))
    assert (taken.records, reading.problems) == ([], [])
