"""What the corpus's few rows do not show: edges of functions, and expressions over many rows."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from click.testing import Result

from lake_sql.both_engines import STORES
from tarn.lake_sql.errors import QueryError
from tarn.lake_sql.running import Request, failed, run
from tarn.lake_sql.translate import translate
from tarn.project import Project

NOW = datetime(2026, 3, 5, tzinfo=UTC).replace(tzinfo=None)


def answer(rows: duckdb.DuckDBPyConnection, expression: str) -> object:
    """The value of an expression; over rows, for DuckDB reckons constants beforehand."""
    sql = translate(f"select {expression} from (values 1) as t(n)", STORES, NOW).sql
    [[value]] = rows.execute(sql).fetchall()
    return value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("ipaddress '9.0.0.1' < ipaddress '10.0.0.1'", True),
        (
            "ipaddress '203.0.113.9' between ipaddress '203.0.113.0' and ipaddress '203.0.113.255'",
            True,
        ),
        ("ipaddress '10.0.0.1' < ipaddress '2001:db8::1'", True),
        ("ipaddress '2001:db8::ff' > ipaddress '2001:db8::1:0'", False),
        ("array_position(array['a', null], cast(null as varchar))", None),
        ("json_query('{\"a\":\"x\"}', 'lax $.a')", '"x"'),
        ("json_query('{\"a\":[1]}', 'lax $.a')", "[1]"),
        ("cast(date_parse('10:11', '%H:%i') as varchar)", "1970-01-01 10:11:00.000"),
        ("cardinality(sequence(1, 10000))", 10000),
        ("cardinality(sequence(date '2026-03-01', date '2026-02-01'))", 29),
        ("cardinality(sequence(date '2026-01-01', date '2026-03-01', interval '7' day))", 9),
        ("typeof(sequence(date '2026-01-01', date '2026-03-01', interval '7' day))", "array(date)"),
        (
            "date_diff('day', timestamp '2026-03-08 00:00:00 America/New_York', "
            "timestamp '2026-03-09 00:00:00 America/New_York')",
            1,
        ),
        (
            "date_diff('hour', timestamp '2026-03-08 00:00:00 America/New_York', "
            "timestamp '2026-03-09 00:00:00 America/New_York')",
            23,
        ),
    ],
)
def test_it_is_as_in_trino(rows: duckdb.DuckDBPyConnection, expression: str, value: object) -> None:
    assert answer(rows, expression) == value


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("max(cast('10.0.0.1' as ipaddress))", "addresses are not sorted"),
        ("row_number() over (order by cast('10.0.0.1' as ipaddress))", "addresses are not sorted"),
        ("array_agg(1 order by cast('10.0.0.1' as ipaddress))", "addresses are not sorted"),
        ("json_value('{}', 'strict $.c' default 'x' on error)", "lax paths"),
        ("json_value('[1]', 'lax $.size()')", "no JSON path"),
        ("json_exists('[1]', 'lax $[last]')", "no JSON path"),
        ("json_query('{}', 'lax $.a' omit quotes)", "QUOTES"),
        ("date_parse('Mar 05', '%b %d')", "no year"),
        ("1_000", "does not fit"),
        ("format_datetime(timestamp '2026-03-05 00:00:00', 'w')", "no equal"),
        ("approx_set(eventname)", "cannot be shown"),
        ("regexp_replace(eventname, eventsource, x -> 'y')", "written as a text"),
        ("json_object(eventname: 1)", "written as texts"),
        ("json_array(1 returning varbinary)", "returned as varchar"),
    ],
)
def test_it_is_refused_with_its_place(expression: str, words: str) -> None:
    with pytest.raises(QueryError, match="(?i)" + words) as refused:
        translate(f"select {expression} from cloudtrail", STORES, NOW)
    assert refused.value.place is not None


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("regexp_like(eventname, 'a(?=b)')", "no look-around"),
        (
            "format_datetime(timestamp '2026-03-05 00:00:00 Europe/Berlin', 'z')",
            "no short name here",
        ),
        ("from_utf8(from_hex('ff'))", "no text in UTF-8"),
        ("map(array[eventname, eventname], array[1, 2])", "Duplicate map keys"),
    ],
)
def test_what_fails_in_a_lake_is_told_with_its_place(
    asked: Project, expression: str, words: str
) -> None:
    with pytest.raises(QueryError, match=words) as refused:
        run(asked.root, Request(f"select 1 as one, {expression} from cloudtrail limit 1"))
    assert refused.value.place is not None
    assert refused.value.place.column >= len("select 1 as one, ")


def test_of_several_that_may_be_at_fault_all_are_named(asked: Project) -> None:
    """DuckDB has no TRY around aggregates: nobody can tell which sum it was."""
    sums = "select sum(x), sum(y) from (values (9223372036854775807, 1), (2, 3)) as t(x, y)"
    with pytest.raises(QueryError) as refused:
        run(asked.root, Request(sums))
    assert refused.value.place is None
    assert "sum at line 1, column 8, or sum at line 1, column 16" in refused.value.message


def test_who_does_not_wait_for_the_place_is_told_what_was_wrong(
    rows: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tarn.lake_sql.blame.explained", cancelled)
    query = translate("select cast(x as uuid) from (values 'y') as t(x)", STORES, NOW)
    with pytest.raises(duckdb.Error) as found:
        rows.execute(query.sql).fetchall()
    assert "Could not convert" in failed(found.value, query, rows, "1GB").message


def test_a_blank_that_is_missing_is_told() -> None:
    with pytest.raises(QueryError, match="no blank before ORDER in errorCodeORDER"):
        translate("select 1 from eds group by errorCodeORDER BY 1", STORES, NOW)


def test_addresses_are_not_sorted() -> None:
    sorting = "select cast(sourceipaddress as ipaddress) as a from cloudtrail order by"
    for key in ("1", "a", "cast(sourceipaddress as ipaddress)"):
        with pytest.raises(QueryError, match="not sorted"):
            translate(f"{sorting} {key}", STORES, NOW)


def test_a_network_is_looked_for_among_all_that_stands_in_a_lake(asked: Project) -> None:
    """Where an address came from is also the name of a service, and addresses of six."""
    found = run(
        asked.root,
        Request(
            "select count(*), count_if(sourceipaddress like '203.0.113.%') from cloudtrail "
            "where contains('203.0.113.0/24', try_cast(sourceipaddress as ipaddress))"
        ),
    )
    [[inside, by_text]] = found.result.rows
    assert inside == by_text > 0


@pytest.mark.parametrize(
    "expression",
    [
        "cardinality(sequence(1, 150000000))",
        "cardinality(sequence(1, -150000000))",
        "cardinality(sequence(date '0001-01-01', date '9999-01-01'))",
        "cardinality(repeat('x', 8000000))",
        "length(rpad('a', 800000000, 'xy'))",
        "split_part('a.b', '.', -1)",
    ],
)
def test_what_cannot_be_bounded_is_an_error_at_once(asked: Project, expression: str) -> None:
    with pytest.raises(QueryError) as refused:
        run(asked.root, Request(f"select {expression} from cloudtrail limit 1", seconds=20))
    assert refused.value.place is not None


def test_insights_have_no_store(tarn_sql: Callable[..., Result]) -> None:
    told = tarn_sql("select insightType from $INSIGHTS_EDS_ID")
    assert told.exit_code != 0
    assert "see `tarn queries insights`" in told.stderr


def test_a_moment_that_python_has_not_is_told(tarn_sql: Callable[..., Result]) -> None:
    told = tarn_sql("select date_add('day', 100000000, date '2026-01-01')")
    assert told.exit_code == 1
    assert "outside of the years 1 to 9999" in told.stderr


def test_the_history_shows_what_was_asked_and_why_it_failed(
    tarn_sql: Callable[..., Result], tmp_path: Path
) -> None:
    tarn_sql("select nothing_like_it from cloudtrail")
    written = tmp_path / "history.csv"
    assert tarn_sql("--history", "--output", str(written)).exit_code == 0
    told = written.read_text(encoding="utf-8")
    assert "select nothing_like_it from cloudtrail,line 1" in told.replace('"', "")


@pytest.mark.parametrize(
    "network",
    [
        *("203.0.113.0/24", "10.0.0.0/9", "0.0.0.0/0", "128.0.0.0/1", "192.0.2.76/32"),
        *("203.0.113.130/25", "2001:db8::/33", "2001:db8::9/128", "::/0", "::ffff:10.0.0.0/100"),
    ],
)
def test_a_network_that_is_written_out_holds_what_it_holds_anywhere(
    rows: duckdb.DuckDBPyConnection, network: str
) -> None:
    """It is made ready before the query runs; a network of a column is not."""
    listed = ", ".join(
        f"('{network}', '{address}')"
        for address in (
            *("203.0.113.9", "203.0.113.130", "203.0.11.9", "10.1.2.3", "10.200.2.3", "9.9.9.9"),
            *("192.0.2.76", "192.0.2.77", "255.255.255.255", "2001:db8::9", "2001:DB8:8000::1"),
            *("2001:db9::9", "::ffff:10.1.2.3", "::1"),
        )
    )
    asked_for = (
        f"contains('{network}', cast(a as ipaddress)), contains(n, cast(a as ipaddress)), "
        f"contains('{network}', cast(null as ipaddress))"
    )
    sql = translate(f"select {asked_for} from (values {listed}) as t(n, a)", STORES, NOW).sql
    found = rows.execute(sql).fetchall()
    assert [one for one, _, _ in found] == [other for _, other, _ in found]
    assert {none for _, _, none in found} == {None}


def test_a_network_that_is_written_out_costs_no_lists_of_bits() -> None:
    inside = "contains('203.0.113.0/24', try_cast(sourceipaddress as ipaddress))"
    sql = translate(f"select eventid from cloudtrail where {inside}", STORES, NOW).sql
    assert "lake_network_contains" not in sql
    assert "starts_with(" in sql
