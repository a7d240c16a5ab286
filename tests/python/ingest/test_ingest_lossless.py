"""Every record comes back equal, whichever way it is read."""

import json
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_lakes import event, item

from ingest.formats.fast import read_events
from ingest.formats.members import compact, members
from ingest.formats.records import (
    RejectedError,
    canonical_hash,
    event_row,
    item_row,
    record_members,
)
from ingest.landing.columns import Lineage, chunk_of_events, chunk_of_rows
from ingest.landing.rebuild import original, original_text
from ingest.landing.schema import CLOUDTRAIL_EVENTS, CONFIGURATION_ITEMS, Category

LANDED_AT = datetime(2024, 1, 1, tzinfo=UTC)

texts = st.text(st.characters(codec=None), max_size=12) | st.sampled_from(
    ["", "null", "true", '{"a":1}', "\ud800", "é", "\0", "😀", '"', "\\", "  a\n"]
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def _fields(category: Category) -> st.SearchStrategy[dict[str, Any]]:
    names = [one.aws_name for one in category.fields if one.aws_name != category.time_field]
    return st.dictionaries(st.sampled_from(names), values, max_size=8)


def _columns(category: Category, row: Any) -> dict[str, str | None]:
    names = [*(one.column for one in category.fields), "_unknown_fields", "_as_sent"]
    return dict(zip(names, row.texts, strict=True))


def _written(record: Any, indent: int | None, escaped: bool) -> bytes:
    text = json.dumps(record, indent=indent, ensure_ascii=escaped)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(record, indent=indent).encode()


@settings(max_examples=400, deadline=None)
@given(_fields(CLOUDTRAIL_EVENTS), st.dictionaries(texts, values, max_size=3), st.booleans())
@example({"sessionCredentialFromConsole": True, "readOnly": "true"}, {}, True)
@example({"additionalEventData": "plain", "resources": None}, {"tag": 1, "Tag": 2}, True)
@example({"requestParameters": 10**6000}, {}, True)
def test_an_event_rebuilt_equals_its_original(
    fields: dict[str, Any], unknown: dict[str, Any], escaped: bool
) -> None:
    record = {**unknown, "eventVersion": "1.08", "eventTime": "2023-07-10T11:42:36Z", **fields}
    raw = _compacted(record, escaped)
    row = event_row(record_members(raw))
    columns = _columns(CLOUDTRAIL_EVENTS, row)
    assert _loads(original_text(columns, CLOUDTRAIL_EVENTS)) == _loads(raw)
    assert row.key
    # What is landed must be UTF-8, or Parquet cannot hold it.
    assert pa.array([row.key, *row.texts], pa.string()).validate(full=True) is None


def _compacted(record: Any, escaped: bool) -> bytes:
    try:
        return compact(_written(record, None, escaped))
    except ValueError:
        # Python writes no integer of 6,000 digits.
        return b'{"eventVersion":"1","eventTime":"2023-07-10T11:42:36Z","requestParameters":%b}' % (
            b"9" * 6000
        )


def _loads(text: str | bytes) -> Any:
    """JSON with numbers by their texts, so that none is rounded."""
    return json.loads(text, parse_int=lambda n: ("n", n), parse_float=lambda n: ("n", n))


@settings(max_examples=200, deadline=None)
@given(_fields(CONFIGURATION_ITEMS), st.booleans())
def test_an_item_rebuilt_equals_its_original(fields: dict[str, Any], spaced: bool) -> None:
    record = {**item(1), **fields}
    raw = compact(_written(record, 2 if spaced else None, True))
    try:
        row = item_row(record_members(raw), CONFIGURATION_ITEMS)
    except RejectedError:
        assert {"awsAccountId", "resourceType", "resourceId", "accountId"} & set(fields)
        return
    columns = _columns(CONFIGURATION_ITEMS, row)
    assert original(columns, CONFIGURATION_ITEMS) == json.loads(raw)
    assert pa.array([row.key, *row.texts], pa.string()).validate(full=True) is None


nested = st.dictionaries(st.text(max_size=4), values, max_size=3) | st.lists(values, max_size=3)
plain = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "requestParameters": nested | st.none(),
                "responseElements": nested | st.none(),
                "additionalEventData": scalars | nested,
                "resources": nested,
                "errorCode": plain,
                "userAgent": plain,
                "readOnly": st.booleans(),
                "tlsDetails": scalars,
            },
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([None, 1]),
)
def test_the_fast_way_and_the_slow_way_land_the_same(
    fields: list[dict[str, Any]], indent: int | None
) -> None:
    records = [event(number, **some) for number, some in enumerate(fields)]
    body = _written({"Records": records}, indent, True)
    events = read_events(body)
    if events is None:
        assert b"\\ud" in body
        return
    places = pa.array(range(len(records)), pa.int64())
    lineage = Lineage("batch", LANDED_AT, pa.repeat(pa.scalar("uri"), len(records)), places)
    fast = chunk_of_events(events.records, lineage)
    rows = [event_row(record_members(compact(json.dumps(one).encode()))) for one in records]
    slow = chunk_of_rows(CLOUDTRAIL_EVENTS, rows, lineage)
    assert fast.rows.to_pylist() == slow.rows.to_pylist()
    assert fast.moments.equals(slow.moments)
    fast.rows.validate(full=True)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(texts, values, max_size=5), st.randoms())
def test_the_hash_of_a_record_minds_neither_order_nor_spaces(
    record: dict[str, Any], random: Any
) -> None:
    shuffled = list(record.items())
    random.shuffle(shuffled)
    one = members(compact(_written(record, None, True)))
    other = members(compact(_written(dict(shuffled), 3, True)))
    assert canonical_hash(one) == canonical_hash(other)
    changed = {**record, "one more": 1}
    assert canonical_hash(members(compact(_written(changed, None, True)))) != canonical_hash(one)


def test_a_number_and_its_text_have_different_hashes() -> None:
    assert canonical_hash({"a": "1"}) != canonical_hash({"a": '"1"'})


@pytest.mark.parametrize(
    ("field", "sent", "column", "tag"),
    [
        ("readOnly", "true", "true", None),
        ("readOnly", '"true"', "true", "string"),
        ("readOnly", "null", None, "null"),
        ("eventName", "7.10", "7.10", "number"),
        ("eventName", "false", "false", "boolean"),
        ("eventName", '{"a":1.10}', '{"a":1.10}', "json"),
        ("eventName", '"\\ud800"', '"\\ud800"', "literal"),
        ("additionalEventData", '"plain"', "plain", "string"),
        ("additionalEventData", "[1e5]", "[1e5]", None),
        ("responseElements", "null", None, "null"),
    ],
)
def test_what_a_column_cannot_tell_is_told_beside_it(
    field: str, sent: str, column: str | None, tag: str | None
) -> None:
    raw = f'{{"eventVersion":"1","eventTime":"2023-07-10T11:42:36Z","{field}":{sent}}}'
    columns = _columns(CLOUDTRAIL_EVENTS, event_row(record_members(raw.encode())))
    by_name = {one.aws_name: one.column for one in CLOUDTRAIL_EVENTS.fields}
    assert columns[by_name[field]] == column
    assert columns["_as_sent"] == (None if tag is None else f'{{"{field}":"{tag}"}}')
