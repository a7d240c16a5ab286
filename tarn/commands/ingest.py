"""`tarn ingest`: land what is new in files, folders and S3."""

import json
import shlex
import sys
import time
from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from tarn.errors import NoProject, TarnError, WrongUse
from tarn.progress import progress
from tarn.project import Project
from tarn.summary_text import round_line, summary_lines
from tarn.times import parse_moment

if TYPE_CHECKING:
    from ingest.errors import IngestError
    from ingest.job import Request
    from ingest.summary import Summary

_SET_ASIDE: Final = 3
_INTERRUPTED: Final = 130
# Options that go to the run as they are.
_PASSED_ON: Final = ("sources", "store", "retry_failed", "list_whole", "dry_run", "workers")


@click.command("ingest")
@click.argument("sources", metavar="SOURCE...", nargs=-1)
@click.option("--store", metavar="NAME", help="Land in this store instead of the default ones.")
@click.option("--since", metavar="T", help="Take objects delivered from this day on.")
@click.option("--until", metavar="T", help="Take objects delivered before this time, plus slack.")
@click.option(
    "--slack",
    "slack_days",
    metavar="DAYS",
    type=click.IntRange(0, 366),
    default=2,
    show_default=True,
    help="Days after --until in which events of that time may still be delivered.",
)
@click.option("--account", "accounts", metavar="ID", multiple=True, help="Only this account.")
@click.option("--region", "regions", metavar="NAME", multiple=True, help="Only this region.")
@click.option("--dry-run", is_flag=True, help="Count what is new; read and write nothing.")
@click.option("--retry-failed", is_flag=True, help="Read again what was set aside before.")
@click.option("--list-whole", is_flag=True, help="S3: list also what earlier runs have listed.")
@click.option(
    "--follow", metavar="SECONDS", type=click.IntRange(1), help="Go on: look again so often."
)
@click.option("--profile", metavar="NAME", help="S3: a profile of your AWS configuration.")
@click.option("--role-arn", metavar="ARN", help="S3: a role to assume.")
@click.option("--external-id", metavar="ID", help="S3: what that role asks for, if it does.")
@click.option("--endpoint-url", metavar="URL", help="S3: another endpoint than AWS's own.")
@click.option("--anonymous", is_flag=True, help="S3: read a public bucket without credentials.")
@click.option("--requester-pays", is_flag=True, help="S3: you pay for the requests.")
@click.option("--workers", metavar="N", type=click.IntRange(1, 256), help="Processes to use.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.pass_context
def command(ctx: click.Context, /, follow: int | None, as_json: bool, **options: Any) -> None:
    """Land CloudTrail logs and AWS Config items from files, folders and S3 (s3://bucket/prefix).

    An object that has landed before is not read again. Whatever cannot be taken is set aside
    with its reason and never stops the rest: `tarn status` lists it. --since, --until, --account
    and --region choose objects by their keys; one whose key does not tell is always taken.

    S3 is reached by AWS's own settings (AWS_PROFILE, AWS_REGION, ~/.aws and so on) and the
    options marked S3. docs/s3.md has the rights that are needed. --follow ends with Ctrl-C.

    Exit code 0: all landed; 1: failed; 2: wrong use; 3: done, and some objects were set aside.
    """
    project: Project = ctx.obj
    if not project.is_there and project.root == project.folder / "lake":
        raise NoProject(project.folder)
    request = _request(project, options)
    if follow is None:
        ctx.exit(_once(request, as_json))
    if request.dry_run:
        raise WrongUse("--dry-run looks once: leave out --follow.")
    ctx.exit(_follow(request, follow, as_json))


def _request(project: Project, options: dict[str, Any]) -> "Request":
    """What the options ask for."""
    from ingest.job import Request
    from ingest.sources.keys import Selection
    from ingest.sources.s3.settings import Settings

    try:
        selection = Selection(
            since=_moment("--since", options["since"]),
            until=_moment("--until", options["until"]),
            accounts=frozenset(options["accounts"]),
            regions=frozenset(options["regions"]),
            slack_days=options["slack_days"],
        )
    except ValueError as error:
        raise WrongUse(f"{error}: give --since before --until.") from None
    if options["external_id"] and not options["role_arn"]:
        raise WrongUse("--external-id goes with --role-arn: name the role, too.")
    if options["anonymous"] and (options["role_arn"] or options["profile"]):
        raise WrongUse("--anonymous uses no credentials: leave out --profile and --role-arn.")
    return Request(
        root=project.root,
        selection=selection,
        settings=Settings(**{one.name: options[one.name] for one in fields(Settings)}),
        command=shlex.join(["tarn", *sys.argv[1:]]),
        **{name: options[name] for name in _PASSED_ON},
    )


def _once(request: "Request", as_json: bool) -> int:
    """Run once; the exit code."""
    from ingest.errors import IngestError

    try:
        summary = _run(request)
    except IngestError as error:
        raise _told(error) from None
    except KeyboardInterrupt:
        return _interrupted()
    if as_json:
        click.echo(json.dumps(summary.to_dict(), indent=2))
    else:
        click.echo("\n".join(summary_lines(summary)))
    return 0 if summary.is_whole else _SET_ASIDE


def _follow(request: "Request", seconds: int, as_json: bool) -> int:
    """Run again and again, a line a round; the exit code when Ctrl-C ends it.

    What may pass by itself (S3 out of reach, another run holding the lake) ends nothing.
    """
    from ingest.errors import IngestError, LockedError, SourceError

    is_whole = True
    while True:
        try:
            summary = _run(request)
            is_whole &= summary.is_whole
            now = datetime.now(UTC)
            line = json.dumps(summary.to_dict()) if as_json else round_line(summary, now)
            click.echo(line)
        except KeyboardInterrupt:
            return _interrupted()
        except IngestError as error:
            passing = isinstance(error, LockedError) or (
                isinstance(error, SourceError) and error.passing
            )
            if not passing:
                raise _told(error) from None
            click.echo(f"{error} Trying again in {seconds} s.", err=True)
        try:
            time.sleep(seconds)
        except KeyboardInterrupt:
            return 0 if is_whole else _SET_ASIDE


def _run(request: "Request") -> "Summary":
    from ingest import job

    with progress() as report:
        return job.run(request, clock=lambda: datetime.now(UTC), report=report)


def _told(error: "IngestError") -> TarnError:
    from ingest.errors import WrongUseError

    return WrongUse(str(error)) if isinstance(error, WrongUseError) else TarnError(str(error))


def _interrupted() -> int:
    click.echo(
        "Stopped. What has landed stays; run the same command again and it takes up the rest.",
        err=True,
    )
    return _INTERRUPTED


def _moment(option: str, text: str | None) -> datetime | None:
    """An option's time, UTC where it has no zone."""
    if text is None:
        return None
    try:
        return parse_moment(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise WrongUse(f"{option}: {error}.") from None
