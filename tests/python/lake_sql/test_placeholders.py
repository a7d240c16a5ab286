"""What stands for a store or a value in published queries, and where an error points."""

from datetime import datetime

import pytest

from lake_sql.both_engines import STORES
from tarn.lake_sql.errors import QueryError
from tarn.lake_sql.stores import EVENTS, ITEMS, Store, Stores
from tarn.lake_sql.translate import Translated, translate

TWO = Stores((STORES.known[0], STORES.known[2]))
ODD = Stores((Store("of-2024", EVENTS, STORES.known[1].store_id), STORES.known[2]))
NOW = datetime.fromisoformat("2026-11-26 04:28:00")


def translated(
    sql: str, *values: str, stores: Stores = TWO, **named: str | tuple[str, ...]
) -> Translated:
    return translate(sql, stores, NOW, values, named)


def refused(sql: str, *values: str, stores: Stores = TWO, **named: str | tuple[str, ...]) -> str:
    with pytest.raises(QueryError) as caught:
        translated(sql, *values, stores=stores, **named)
    return caught.value.message


@pytest.mark.parametrize(
    ("table", "store"),
    [
        ("cloudtrail", "cloudtrail"),
        ("CloudTrail", "cloudtrail"),
        (STORES.known[0].store_id, "cloudtrail"),
        (STORES.known[2].store_id.upper(), "config"),
        (f'"{STORES.known[2].store_id}"', "config"),
        ("$EDS_ID", "cloudtrail"),
        ("${EDS_ID}", "cloudtrail"),
        ("<EDS ID>", "cloudtrail"),
        ("<EDS_ID>", "cloudtrail"),
        ("<$EDS_ID>", "cloudtrail"),
        ("<$CONFIG_EDS_ID>", "config"),
        ("<event_data_store_id>", "cloudtrail"),
        ("<event-data-store-ID>", "cloudtrail"),
        ("<Event data store Id>", "cloudtrail"),
        ("<YOUR_EVENT_DATA_STORE_ID>", "cloudtrail"),
        ("event_data_store_ID", "cloudtrail"),
        ("eds", "cloudtrail"),
        ("EDS2", "cloudtrail"),
        ("$CLOUDTRAIL_EDS_ID", "cloudtrail"),
        ("$CONFIG_EDS_ID", "config"),
        ("config_event_data_store_ID", "config"),
    ],
)
def test_a_table_is_a_store(table: str, store: str) -> None:
    for sql in (f"select * from {table}", f"select a.eventid from {table} as a where 1<2"):
        assert [one.name for one in translated(sql).stores] == [store]


def test_a_store_whose_name_is_no_word_needs_no_quotes() -> None:
    assert translated("select eventid from of-2024", stores=ODD).stores[0].name == "of-2024"


def test_a_placeholder_that_fits_two_stores_is_asked_for() -> None:
    told = refused("select * from\n  $EDS_ID", stores=STORES)
    assert told.startswith("line 2, column 3: $EDS_ID may be any of 2 stores of CloudTrail events")
    assert "-p eds_id=NAME" in told
    chosen = Stores(STORES.known, {"eds_id": "other"})
    assert translated("select * from $EDS_ID", stores=chosen).stores[0].name == "other"


def test_a_name_for_two_stores_is_asked_for() -> None:
    both = Stores((Store("logs", EVENTS, "e" * 36), Store("logs", ITEMS, "i" * 36)))
    told = refused("select * from logs", stores=both)
    assert "two stores logs" in told
    assert "e" * 36 in told


def test_an_unknown_store_is_named_with_a_near_one() -> None:
    assert "did you mean cloudtrail?" in refused("select * from cloudtrial")
    assert "There is no event data store" in refused('select * from "eds_cloudtrail_events.x"')


def test_values_fill_question_marks_in_and_out_of_quotes() -> None:
    sql = "select date_trunc('?', eventtime) from eds where eventtime > '?' and eventtime < ?"
    query = translated(sql, "day", "$StartTime$", "2023-01-02", starttime="2023-01-01 00:00:00")
    assert "timestamp '2023-01-01 00:00:00'" in query.sql
    assert "timestamp '2023-01-02 00:00:00'" in query.sql
    assert "date_trunc('day'" in query.sql
    assert "no value for parameter 3" in refused(sql, "day", "2023-01-01")
    assert "4 values were given for 3" in refused(sql, "day", "2023-01-01", "2023-01-02", "x")


def test_a_value_cannot_leave_its_text() -> None:
    query = translated("select '${a}', ? from eds", "x' or 1=1", a="y'; drop table z --")
    assert "'y''; drop table z --'" in query.sql
    assert "'x'' or 1=1'" in query.sql


def test_a_value_becomes_what_is_needed() -> None:
    query = translated("select 1 from eds where recipientaccountid = ? and 7 > ?", "012", "5")
    assert "'012'" in query.sql
    assert "cast('5' as integer)" in query.sql


def test_what_was_not_filled_in_is_named() -> None:
    assert refused("select 1 from eds where eventtime > '${date_filter}'") == (
        "line 1, column 37: ${date_filter} is a placeholder: give its value by "
        "-p date_filter=VALUE."
    )
    assert "<region> is a placeholder" in refused("select 1 from eds where awsregion = <region>")


def test_a_name_in_several_places_takes_one_value_or_one_for_each() -> None:
    sql = "select 1 from eds where eventtime >= '${day}' and eventtime <= '${day}'"
    both = translated(sql, day=("2026-03-03", "2026-03-05")).sql
    assert "timestamp '2026-03-03 00:00:00'" in both
    assert "timestamp '2026-03-05 00:00:00'" in both
    assert translated(sql, day="2026-03-03").sql.count("timestamp '2026-03-03 00:00:00'") == 2
    assert "line 1, column 64: ${day} has no value here" in refused(sql, day=("2026-03-03",))
    assert "3 values were given for 2 places of day" in refused(sql, day=("1", "2", "3"))


def test_a_value_that_nothing_takes_is_an_error() -> None:
    assert "-p nosuch is for nothing" in refused("select 1 from eds", nosuch="x")
    quoted = "select 1 from eds where eventid = '$EVENT_ID'"
    assert "-p event_id is for nothing" in refused(quoted, EVENT_ID="x")
    assert translated("select 1 from $EDS_ID", EDS_ID="cloudtrail").stores


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("", "There is no query"),
        ("select 1 from eds:", 'line 1, column 18: ":" does not fit here'),
        ("select eventid\nfrom from cloudtrail", "line 2, column 6: from"),
        ("select eventid,, eventname from eds", "line 1, column 16: Something is missing"),
        ("select eventid, from eds", "line 1, column 17: Something is missing before FROM"),
        ("select errorcode from eds group by errorCodeORDER BY 1", "line 1, column 51: BY"),
        ("select eventid from eds where (eventid = 'x'", "line 1, column 4"),
        ("select eventid from eds where eventid = 'x", "does not end"),
        ("select eventid from eds; select 1", "line 1, column 24: Only one SELECT"),
        ("selec eventid from eds", "line 1, column 1"),
        (
            "select\n  eventid,\n  evntname\nfrom eds",
            "line 3, column 3: There is no column evntname",
        ),
        ("select userIdentity.ar from eds", "line 1, column 21: There is no field ar"),
        ("select requestParameters.bucketName from eds", "write element_at(…, 'bucketName')"),
        ("select foo(1) from eds", "line 1, column 8: There is no function foo"),
        ("select lower(1) from eds", "line 1, column 8: lower takes (varchar)"),
        ("select eventid, count(*) from eds", "line 1, column 8: eventid must be inside"),
        ("select 1 from eds where eventid = 5", "line 1, column 25"),
        ("select 1 from eds where eventtime > '2023-11-01T%'", "line 1"),
        ("select x.* from eds as y", "There is no table x here"),
        ("with a as (select 1) select * from b", "There is no event data store b"),
    ],
)
def test_errors_point_into_the_users_text(sql: str, told: str) -> None:
    try:
        query = translated(sql)
    except QueryError as error:
        assert told in error.message
    else:
        assert "%" in sql, query.sql
