"""`tarn history` over the demo organization."""

import json
from collections.abc import Callable
from typing import Any

from click.testing import Result

from tarn.project import Project

Run = Callable[..., Result]


def case(truth: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = truth["cases"][name]["items"][0]
    return found


def test_a_life_is_told_newest_first(built: Project, run_tarn: Run, truth: dict[str, Any]) -> None:
    name = case(truth, "made_public")["resource_id"]
    shown = run_tarn(built, "history", name)
    assert shown.exit_code == 0, shown.output
    lines = shown.stdout.splitlines()
    assert name in lines[0]
    assert lines[1].endswith(" changes")
    dates = [line[:19] for line in lines if line.startswith("2026-")]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) >= 2
    assert any("call  PutBucketAcl" in line for line in lines)
    assert any("blockPublicAcls: true -> false" in line for line in lines)


def test_what_snapshots_lack_is_told_first(
    built: Project, run_tarn: Run, truth: dict[str, Any]
) -> None:
    [missing, *_] = truth["missing_from_snapshot"]
    shown = run_tarn(built, "history", missing["resource_id"])
    told = shown.stdout.splitlines()[2]
    assert told.startswith(f"missing since {missing['snapshot_at'][:10]} ")
    assert told.endswith(missing["snapshot_path"])


def test_programs_read_changes_with_properties_and_causes(
    built: Project, run_tarn: Run, truth: dict[str, Any]
) -> None:
    item = case(truth, "merged_of_two")
    shown = run_tarn(built, "history", item["resource_id"], "--format", "json")
    [change] = [
        one
        for one in json.loads(shown.stdout)
        if one["captured_at"].replace(" ", "T")[:19] == item["captured_at"][:19]
    ]
    assert change["match_kind"] == "shared"
    assert len({cause["event_id"] for cause in change["causes"]}) == 2
    assert change["properties"]


def test_one_change_is_one(built: Project, run_tarn: Run, truth: dict[str, Any]) -> None:
    item = case(truth, "made_public")
    shown = run_tarn(
        built,
        "history",
        item["resource_id"],
        "--since",
        item["captured_at"][:19],
        "--until",
        item["captured_at"][:17] + "59",
    )
    assert shown.stdout.splitlines()[1].endswith("; 1 change")


def test_a_window_leaves_out_what_lies_outside(
    built: Project, run_tarn: Run, truth: dict[str, Any]
) -> None:
    item = case(truth, "made_public")
    window = ("--since", item["captured_at"], "--format", "json")
    later = json.loads(run_tarn(built, "history", item["resource_id"], *window).stdout)
    window = ("--until", item["captured_at"], "--format", "json")
    earlier = json.loads(run_tarn(built, "history", item["resource_id"], *window).stdout)
    whole = json.loads(run_tarn(built, "history", item["resource_id"], "--format", "json").stdout)
    assert len(earlier) < len(whole)
    assert sorted(one["change_id"] for one in earlier + later) == sorted(
        one["change_id"] for one in whole
    )


def test_a_name_of_several_asks_for_one(
    built: Project, run_tarn: Run, truth: dict[str, Any]
) -> None:
    items = truth["cases"]["equal_names_of_types"]["items"]
    names = [row for row in truth["items"] if row["resource_id"] == items[0]["resource_id"]]
    name = names[0]["resource_name"] or names[0]["resource_id"]
    shown = run_tarn(built, "history", name)
    assert shown.exit_code == 2, shown.output
    keys = [line for line in shown.stderr.splitlines() if "|" in line]
    assert len(keys) >= 2
    assert run_tarn(built, "history", keys[0].split()[-1]).exit_code == 0


def test_what_is_not_there_and_no_moment_are_told(built: Project, run_tarn: Run) -> None:
    shown = run_tarn(built, "history", "nobody-knows")
    assert (shown.exit_code, "nobody-knows" in shown.stderr) == (1, True)
    shown = run_tarn(built, "history", "x", "--since", "soon")
    assert (shown.exit_code, "is no moment" in shown.stderr) == (2, True)
