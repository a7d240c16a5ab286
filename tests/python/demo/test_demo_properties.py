"""Two items compared property by property: one case for each rule of paths."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from demo.properties import differences


def _configured(before: Any, after: Any) -> list[tuple[str, str, str | None, str | None]]:
    found = differences({"configuration": before}, {"configuration": after})
    assert {row.area for row in found} <= {"configuration"}
    return [(row.path, row.change, row.before, row.after) for row in found]


def _document(*actions: str) -> dict[str, Any]:
    return {"Statement": [{"Sid": "Own", "Action": list(actions)}]}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param({"a": {"b": 1}}, {"a": {"b": 2}}, ("a.b", "changed", "1", "2"), id="scalar"),
        pytest.param({"a": 1}, {"a": True}, ("a", "changed", "1", "true"), id="one_is_not_true"),
        pytest.param({"a": 1}, {"a": 1.0}, ("a", "changed", "1", "1.0"), id="as_delivered"),
        pytest.param({}, {"a": None}, ("a", "added", None, "null"), id="null_is_no_absence"),
        pytest.param({"a": None}, {"a": 0}, ("a", "changed", "null", "0"), id="from_null"),
        pytest.param(
            {}, {"a": {"c": 1, "b": [2, 1]}}, ("a", "added", None, '{"b":[2,1],"c":1}'),
            id="added_whole",
        ),
        pytest.param({"a": {"b": 1}}, {}, ("a", "removed", '{"b":1}', None), id="removed_whole"),
        pytest.param(
            {"a": {"b": 1}}, {"a": "x"}, ("a", "changed", '{"b":1}', '"x"'), id="another_kind"
        ),
        pytest.param(
            {"a": {"aws:x": {"y": 1}}}, {"a": {"aws:x": {"y": 2}}},
            ('a.["aws:x"].y', "changed", "1", "2"), id="odd_key",
        ),
        pytest.param(
            {"a": {'"é"': 1}}, {"a": {'"é"': 2}}, ('a.["\\"é\\""]', "changed", "1", "2"),
            id="quoted_key",
        ),
        pytest.param({"a": [1, 2, 2]}, {"a": [2, 1]}, ("a[]", "removed", "2", None), id="multiset"),
        pytest.param(
            {"a": [{"p": [1, 2], "q": 1}]}, {"a": [{"q": 1, "p": [2, 1]}, {"p": [9, 3]}]},
            ("a[]", "added", None, '{"p":[9,3]}'), id="inner_order_means_nothing",
        ),
        pytest.param(
            {"a": [{"name": "x", "v": 1}, {"name": "y", "v": 1}]},
            {"a": [{"name": "y", "v": 2}, {"name": "x", "v": 1}]},
            ("a[name=y].v", "changed", "1", "2"), id="named_elements",
        ),
        pytest.param(
            {"a": []}, {"a": [{"id": "x", "v": 1}]},
            ("a[id=x]", "added", None, '{"id":"x","v":1}'), id="named_from_nothing",
        ),
        pytest.param(
            {"a": [{"key": "x", "Sid": "s", "v": 1}]}, {"a": [{"key": "x", "Sid": "s", "v": 2}]},
            ("a[Sid=s].v", "changed", "1", "2"), id="the_first_name_counts",
        ),
        pytest.param(
            {"p": json.dumps(_document("a"))}, {"p": json.dumps(_document("a", "b"))},
            ("p.Statement[Sid=Own].Action[]", "added", None, '"b"'), id="text",
        ),
        pytest.param(
            {"p": quote(json.dumps(_document("a")))}, {"p": quote(json.dumps(_document("c", "a")))},
            ("p.Statement[Sid=Own].Action[]", "added", None, '"c"'), id="url_encoded",
        ),
        pytest.param(
            {"p": json.dumps(json.dumps({"x": 1}))}, {"p": quote(quote(json.dumps({"x": 2})))},
            ("p.x", "changed", "1", "2"), id="doubly_encoded",
        ),
        pytest.param({"p": None}, {"p": '{"x": [ 1]}'}, ("p", "changed", "null", '{"x":[1]}'),
                     id="opened_in_values"),
        pytest.param(
            {"p": "{x"}, {"p": '"y"'}, ("p", "changed", '"{x"', '"\\"y\\""'), id="no_json"
        ),
    ],
)  # fmt: skip
def test_a_difference_is_one_row(
    before: Any, after: Any, expected: tuple[str, str, str | None, str | None]
) -> None:
    assert _configured(before, after) == [expected]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": [1, {"b": [2, 3]}]}, {"a": [{"b": [3, 2]}, 1]}),
        ({"a": '{"x":1,"y":2}'}, {"a": '{"y": 2, "x": 1}'}),
        ({"a": quote('{"x":1}')}, {"a": '"{\\"x\\":1}"'}),
        ({"a": [{"name": "x"}, {"name": "y"}]}, {"a": [{"name": "y"}, {"name": "x"}]}),
    ],
    ids=["order", "spaces", "encoding", "order_of_named"],
)
def test_what_says_the_same_is_no_difference(before: Any, after: Any) -> None:
    assert _configured(before, after) == []


@pytest.mark.parametrize(
    "elements",
    [
        [{"name": "x", "v": 1}, {"name": "x", "v": 2}],
        [{"name": 1}, {"name": 2}],
        [{"name": "x"}, "y"],
        [{"name": "x"}, {"id": "y"}],
    ],
    ids=["not_unique", "no_texts", "no_objects", "no_common_key"],
)
def test_elements_without_a_name_of_their_own_are_compared_whole(elements: list[Any]) -> None:
    found = _configured({"a": elements}, {"a": elements[:1]})
    assert found == [("a[]", "removed", json.dumps(elements[1], separators=(",", ":")), None)]


def test_tags_are_named_by_their_keys_as_they_are() -> None:
    found = differences({"tags": {"a:b": "1"}}, {"tags": {"a:b": "2", "team.x": "[1]"}})
    assert [(row.area, row.path, row.before, row.after) for row in found] == [
        ("tags", "a:b", '"1"', '"2"'),
        ("tags", "team.x", None, '"[1]"'),
    ]


def test_relationships_are_compared_whole() -> None:
    one = {"resourceId": "x", "name": "Is in Vpc"}
    found = differences({"relationships": [one]}, {"relationships": [{**one, "resourceId": "y"}]})
    assert [(row.area, row.path, row.change) for row in found] == [
        ("relationships", "[]", "added"),
        ("relationships", "[]", "removed"),
    ]
