"""Moments on a command line."""

from datetime import datetime

import pytest

from tarn.times import parse_moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022-11-21", "2022-11-21T00:00:00"),
        ("2022-11-21 08:30:00", "2022-11-21T08:30:00"),
        ("2022-11-21T08:30:00Z", "2022-11-21T08:30:00"),
        ("2022-11-21T08:30:00+02:00", "2022-11-21T06:30:00"),
        (" 2022-11-21 ", "2022-11-21T00:00:00"),
        ("2022-11-21 08:30:00 UTC", "2022-11-21T08:30:00"),
        ("timestamp '2022-11-21 08:30:00'", "2022-11-21T08:30:00"),
        ("TIMESTAMP '2022-11-21 08:30:00 UTC'", "2022-11-21T08:30:00"),
        ("'2022-11-21'", "2022-11-21T00:00:00"),
    ],
)
def test_lake_forms_are_read_as_utc(text: str, moment: str) -> None:
    assert parse_moment(text) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "20221121", "2022-13-01", "21.11.2022", "'2022-11-21"]
)
def test_what_is_no_moment_is_named_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(ValueError, match="write 2022-11-21"):
        parse_moment(text)
