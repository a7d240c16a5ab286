"""`tarn history`: a resource's life, as `git log` tells a file's."""

import json
import sys
from datetime import datetime
from typing import Any, Final

import click
import duckdb

from tarn import history
from tarn.errors import TarnError, WrongUse
from tarn.lake import open_lake
from tarn.project import Project
from tarn.times import parse_moment

_COLORS: Final = {"added": "green", "removed": "red", "changed": "yellow"}
_WIDTH: Final = 160
_UNKNOWN: Final = {
    "none": "nobody: no call in the logs explains it",
    "no_logs": "unknown: the logs of that account, region and time are not here",
}


@click.command("history")
@click.argument("resource")
@click.option("--since", metavar="T", help="From this moment on: 2026-03-02, '2026-03-02 08:00'.")
@click.option("--until", metavar="T", help="Before this moment.")
@click.option(
    "--format", "format_name", type=click.Choice(["text", "json"]), default="text",
    show_default=True,
)  # fmt: skip
@click.pass_obj
def command(
    project: Project, resource: str, since: str | None, until: str | None, format_name: str
) -> None:
    """Show every change of RESOURCE, newest first: who, when and what.

    RESOURCE is an ARN, an id or a name. Where it fits several, they are listed, and on a terminal
    asked for. A change is dated by the call that made it, where one is known, else by when AWS
    Config saw it; the moments are those of Config's items, in UTC unless they name a zone.
    """
    window = (_moment("--since", since), _moment("--until", until))
    with open_lake(project.root) as lake:
        try:
            chosen = _chosen(history.find(lake, resource))
            found = history.changes(lake, chosen, *window)
        except duckdb.CatalogException as error:
            raise TarnError("The lake lacks the changes: run `tarn build`.") from error
    if format_name == "json":
        click.echo(json.dumps(found, default=str, indent=2))
        return
    name = (
        f" ({chosen.resource_name})"
        if chosen.resource_name not in (None, chosen.resource_id)
        else ""
    )
    click.secho(f"{chosen.resource_type} {chosen.resource_id}{name}", bold=True)
    count = "1 change" if len(found) == 1 else f"{len(found)} changes"
    click.echo(f"account {chosen.account_id}, region {chosen.aws_region}; {count}")
    if chosen.ended_as == "missing_from_snapshot":
        click.secho(
            f"missing since {chosen.ended_by:%Y-%m-%d %H:%M:%S}, though no item shows it deleted: "
            f"not in {chosen.snapshot_object}",
            fg="red",
        )
    for change in found:
        click.echo()
        _show(change)


def _moment(option: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return parse_moment(text)
    except ValueError as error:
        raise WrongUse(f"{option}: {error}") from None


def _chosen(found: list[history.Resource]) -> history.Resource:
    if len(found) == 1:
        return found[0]
    lines = [f"{number:3}  {one.key}" for number, one in enumerate(found, start=1)]
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise WrongUse(
            "Several resources are called so; name one of these:\n"
            + "\n".join(one.key for one in found)
        )
    click.echo("\n".join(lines), err=True)
    number = click.prompt("Which one", type=click.IntRange(1, len(found)), err=True)
    return found[number - 1]


def _show(change: dict[str, Any]) -> None:
    at = change["occurred_at"] or change["captured_at"]
    click.secho(f"{at:%Y-%m-%d %H:%M:%S}  {change['change_kind']}", fg="cyan", bold=True)
    click.echo(f"  by    {_who(change)}")
    for cause in change["causes"]:
        if cause["event_id"] is not None:
            click.echo(
                f"  call  {cause['event_name']}  {cause['event_id']}  "
                f"{cause['confidence']:.2f}: {cause['reasons']}"
            )
    click.echo(f"  seen  {change['captured_at']:%Y-%m-%d %H:%M:%S}")
    for row in change["properties"]:
        click.secho(
            f"  {row['area']}.{row['property_path']}: {_difference(row)}",
            fg=_COLORS[row["difference"]],
        )


def _who(change: dict[str, Any]) -> str:
    if change["match_kind"] in _UNKNOWN:
        return _UNKNOWN[change["match_kind"]]
    if change["actor_arn"] is None and change["invoked_by"] is None:
        actors = sorted({str(cause["actor_arn"]) for cause in change["causes"]})
        return f"one of {len(actors)}: {', '.join(actors)}"
    parts = [str(change["actor_arn"] or change["invoked_by"])]
    if change["person"]:
        parts.append(f"({change['person']})")
    if change["invoked_by"] and change["actor_arn"]:
        parts.append(f"through {change['invoked_by']}")
    if change["source_ip_address"]:
        parts.append(f"from {change['source_ip_address']}")
    if change["is_from_console"]:
        parts.append("in the console")
    return " ".join(parts)


def _difference(row: dict[str, Any]) -> str:
    before, after = (_short(row[name]) for name in ("value_before", "value_after"))
    if row["difference"] == "added":
        return f"+ {after}"
    return f"- {before}" if row["difference"] == "removed" else f"{before} -> {after}"


def _short(value: str | None) -> str:
    text = value or ""
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
