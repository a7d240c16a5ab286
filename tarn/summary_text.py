"""What an ingest did, in words for people."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.summary import Summary


def summary_lines(summary: "Summary") -> Iterator[str]:
    """The summary for people."""
    if summary.dry_run:
        yield f"objects      {summary.objects:,}: {summary.new:,} new, {summary.known:,} known"
        yield f"to read      {_size(summary.bytes)}"
        yield from _requests(summary)
        yield from _archived(summary)
        yield from _passed_over(summary)
        yield "Nothing was read or written."
        return
    if summary.mended_finished or summary.mended_undone:
        yield (
            f"mended       {summary.mended_finished} batches of a stopped run finished, "
            f"{summary.mended_undone} undone"
        )
    yield f"objects      {summary.objects:,}: {summary.new:,} new, {summary.known:,} known"
    for store, count in sorted(summary.records.items()):
        yield f"landed       {count:,} records in {store}"
    if not summary.records:
        yield "landed       nothing new" if not summary.new else "landed       no records"
    if summary.recognized:
        yield f"recognized   {summary.recognized:,} objects that hold no records"
    if not summary.is_whole:
        reasons = ", ".join(f"{code} {count:,}" for code, count in sorted(summary.reasons.items()))
        aside = summary.quarantined + summary.partly
        yield f"set aside    {aside:,} objects, wholly or in part ({reasons}): see `tarn status`"
    elif summary.set_aside_before:
        yield f"set aside    {summary.set_aside_before:,} known objects: see `tarn status`"
    if summary.gone:
        yield f"gone         {summary.gone:,} objects to be tried again are not there any more"
    yield from _passed_over(summary)
    rate = summary.to_dict()["records_per_second"]
    read = f"{_size(summary.bytes)} read ({_size(summary.bytes_inflated)} inflated)"
    yield f"took         {summary.seconds:.1f} s, {rate:,} records a second, {read}"


def round_line(summary: "Summary", now: datetime) -> str:
    """One round of `--follow`."""
    records = ", ".join(
        f"{count:,} records in {store}" for store, count in sorted(summary.records.items())
    )
    aside = summary.quarantined + summary.partly
    return (
        f"{now:%Y-%m-%dT%H:%M:%SZ}  {summary.new:,} new objects, {records or 'no records'} landed"
        + (f", {aside:,} objects set aside: see `tarn status`" if aside else "")
    )


def _requests(summary: "Summary") -> Iterator[str]:
    if summary.requests_listing:
        yield (
            f"requests     {summary.requests_listing:,} for this listing, "
            f"{summary.requests_reading:,} to read"
        )


def _archived(summary: "Summary") -> Iterator[str]:
    if summary.archived:
        yield f"archived     {summary.archived:,} objects in cold storage: restore them first"


def _passed_over(summary: "Summary") -> Iterator[str]:
    folders = summary.folders_passed_over
    if folders:
        kinds = ", ".join(sorted({folder.rstrip("/").rpartition("/")[2] for folder in folders}))
        yield f"not listed   {len(folders):,} folders that hold no records ({kinds})"


def _size(count: int) -> str:
    size = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:,.0f} {unit}" if unit in ("bytes", "kB") else f"{size:,.1f} {unit}"
        size /= 1000
    raise AssertionError("unreachable")
