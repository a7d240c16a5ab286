"""The board: one page that asks for nothing, and whose figures are those of the marts."""

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
import yaml
from building import REPOSITORY, made_once
from click.testing import Result
from offline_pages import external_references

from tarn.board import RELATIONS
from tarn.project import Project

pytestmark = pytest.mark.xdist_group("board")

Command = Callable[..., Result]
INVISIBLE = "\u2061\u2062\u2063\u200c"


@pytest.fixture(scope="module")
def page(built: Project, run_tarn: Command, shared_folder: Path) -> str:
    """The changes board over the demo organization, drawn once for all workers."""
    folder = shared_folder / "boards"
    with made_once(folder) as done:
        if not done:
            drawn = run_tarn(built, "dashboards", "--output", str(folder))
            assert drawn.exit_code == 0, drawn.output
            assert drawn.stdout == f"{folder / 'changes.html'}\n"
    return (folder / "changes.html").read_text(encoding="utf-8")


def chart(page: str, name: str) -> str:
    """The part of the page that draws a chart."""
    [part] = [piece for piece in page.split('data-chart-id="')[1:] if piece.startswith(f'{name}"')]
    return part


def bars(page: str, name: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """What each bar of a chart says to those who cannot see it: its labels, and its figure."""
    for label in re.findall(r'aria-label="([^"]*)"', chart(page, name)):
        said = html.unescape(label.translate(dict.fromkeys(map(ord, INVISIBLE))))
        found = re.fullmatch(r"(.*?); (?:\d+; )?(?:changes|creations): (\d+)(?:; Σ: \d+)?", said)
        if found:
            yield tuple(found[1].split("; ")), int(found[2])


def texts(page: str, name: str) -> list[str]:
    """The texts of a chart, in order."""
    return [
        html.unescape(text) for text in re.findall(r">\s*([^<>\s][^<>]*?)\s*<", chart(page, name))
    ]


def test_it_opens_without_a_network(page: str) -> None:
    assert external_references(page) == []


@pytest.mark.parametrize(
    ("chart_name", "figure"),
    [
        ("changes_kpi", "select format('{:,}', count(*)) from fct_configuration_changes"),
        (
            "known_kpi",
            "select format('{:.1f}', 100.0 * count(actor_arn) / count(*)) "
            "from fct_configuration_changes",
        ),
        (
            "without_kpi",
            "select format('{:,}', count(*)) from fct_configuration_changes "
            "where match_kind = 'none'",
        ),
        (
            "lag_kpi",
            "select format('{:.1f}', quantile_cont(lag_seconds, 0.5) / 60) "
            "from fct_configuration_changes",
        ),
        (
            "encryption_kpi",
            "select format('{:,}', count(*)) from fct_bucket_encryption_changes "
            "where change_type in ('set', 'changed', 'reset_to_default')",
        ),
        (
            "creations_kpi",
            "select format('{:,}', count(*)) from fct_resource_creations where created_at >= "
            "(select date_trunc('day', min(least(captured_at, occurred_at))) "
            "from fct_configuration_changes)",
        ),
    ],
)
def test_its_figures_are_those_of_the_marts(
    page: str, lake: duckdb.DuckDBPyConnection, chart_name: str, figure: str
) -> None:
    [(expected,)] = lake.execute(figure).fetchall()
    assert texts(page, chart_name)[0] == expected


def test_its_bars_are_those_of_the_marts(page: str, lake: duckdb.DuckDBPyConnection) -> None:
    shown = dict(bars(page, "changes_over_time"))
    words = {
        "exact": "one call",
        "shared": "several calls",
        "indirect": "a neighbour's call",
        "none": "no call found",
        "no_logs": "no logs",
    }
    rows = lake.execute(
        "select strftime(coalesce(occurred_at, captured_at), '%-d %b %Y'), match_kind, count(*) "
        "from fct_configuration_changes group by all"
    ).fetchall()
    assert shown == {(day, words[kind]): changes for day, kind, changes in rows}

    by_account = dict(bars(page, "creations_over_time"))
    assert sum(by_account.values()) == int(texts(page, "creations_kpi")[0].replace(",", ""))


def test_a_person_is_one_bar_over_all_accounts(page: str, lake: duckdb.DuckDBPyConnection) -> None:
    shown = dict(bars(page, "encryption_by_actor"))
    [(calls,)] = lake.execute(
        "select count(*) from fct_bucket_encryption_changes "
        "where actor_arn like '%/carol@example.com'"
    ).fetchall()
    assert shown["carol@example.com",] == calls


def test_its_latest_rows_are_those_of_the_mart(page: str, lake: duckdb.DuckDBPyConnection) -> None:
    said = texts(page, "encryption_latest")
    rows = lake.execute(
        "select strftime(changed_at, '%Y-%m-%d %H:%M'), bucket_name "
        "from fct_bucket_encryption_changes where change_type <> 'unchanged' "
        "order by changed_at desc, bucket_name limit 10"
    ).fetchall()
    places = [said.index(bucket) for _, bucket in rows]
    assert places == sorted(places)
    assert [said[place - 1] for place in places] == [when for when, _ in rows]


def test_its_exposure_names_what_it_reads() -> None:
    text = (REPOSITORY / "models" / "exposures.yml").read_text(encoding="utf-8")
    [exposure] = [
        one for one in yaml.safe_load(text)["exposures"] if one["name"] == "changes_board"
    ]
    assert exposure["depends_on"] == sorted(f"ref('{relation}')" for relation in RELATIONS)


def test_what_cannot_be_drawn_is_said(
    built: Project, new_project: Project, run_tarn: Command
) -> None:
    empty = run_tarn(built, "dashboards", "--since", "2026-03-05", "--until", "2026-03-04")
    assert (empty.exit_code, "The window is empty" in empty.stderr) == (2, True)
    later = run_tarn(built, "dashboards", "--since", "2031-01-01")
    assert (later.exit_code, "No change lies in that window" in later.stderr) == (1, True)
    nothing = run_tarn(new_project, "dashboards")
    assert (nothing.exit_code, "`tarn build` first" in nothing.stderr) == (1, True)
