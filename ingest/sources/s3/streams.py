"""Lists a delivery stream: the folder of one account, kind and region."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from ingest.sources.base import Listed, SourceObject
from ingest.sources.keys import delivered_at
from ingest.sources.s3 import layout
from ingest.sources.s3.listing import Lister
from ingest.sources.s3.look_back import Scan

Objects = tuple[SourceObject, ...]

_YEAR: Final = re.compile(r"(\d{4})/$")
_PADDED: Final = re.compile(r"/\d{4}/(?:0\d/|\d\d?/0\d/)")
# A day's folder costs a request; from so many days on whole months are listed.
_MOST_DAYS: Final = 4


def list_stream(lister: Lister, scan: Scan) -> Iterator[Objects]:
    """The objects of a stream that a scan asks for, and some more, page by page."""
    if layout.is_padded(scan.stream):
        yield from _sorted_by_time(lister, scan)
    elif scan.start is None:
        yield from (page.objects for page in lister.pages(scan.stream))
    else:
        yield from _by_folders(lister, scan, scan.start.date())


class Newest:
    """Keeps what to remember of a stream while its objects go by."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._at = None if scan.listed is None else scan.listed.newest_at
        self._is_odd = False

    def see(self, objects: Objects) -> None:
        """Take note of objects."""
        for one in objects:
            moment = delivered_at(one.uri)
            if moment is not None and (self._at is None or moment > self._at):
                self._at = moment
            self._is_odd |= bool(_PADDED.search(one.uri))

    def outcome(self) -> Listed | None:
        """What to remember. Nothing of Config's items under days that are padded, as AWS does
        not write them: they would not be looked for where they are."""
        if self._is_odd and not layout.is_padded(self._scan.stream):
            return None
        return self._scan.outcome(self._at)


def _sorted_by_time(lister: Lister, scan: Scan) -> Iterator[Objects]:
    for page in lister.pages(scan.stream, after=_key_before(scan)):
        yield page.objects
        days = [one.hint.day for one in page.objects if one.hint.day is not None]
        if scan.last_day is not None and days and min(days) > scan.last_day:
            return


def _key_before(scan: Scan) -> str:
    """A key that sorts before all that were delivered from the scan's start on."""
    if scan.start is None:
        return ""
    day = f"{scan.stream}{scan.start:%Y/%m/%d}/"
    if not scan.is_narrow:
        return day
    account, kind, region = scan.stream.rstrip("/").split("/")[-3:]
    return f"{day}{account}_{kind}_{region}_{scan.start:%Y%m%dT%H%M}"


def _by_folders(lister: Lister, scan: Scan, first: date) -> Iterator[Objects]:
    """Config's way: folders of days, months and years, which do not sort by time."""
    last = (scan.now + timedelta(hours=1)).date()
    if scan.last_day is not None:
        last = min(last, scan.last_day)
    folders: Iterable[str | Objects] = _covering(scan.stream, first, last)
    if not scan.is_narrow:
        folders = _there(lister, scan.stream, first, last)
    for folder in folders:
        if isinstance(folder, str):
            yield from (page.objects for page in lister.pages(folder))
        else:
            yield folder


def _there(lister: Lister, stream: str, first: date, last: date) -> Iterator[str | Objects]:
    """The folders that cover some days, of the years that there are, and all that is no year."""
    for page in lister.pages(stream, by_folder=True):
        yield page.objects
        for folder in page.folders:
            found = _YEAR.search(folder)
            if found is None:
                yield folder
            elif first.year <= int(found[1]) <= last.year:
                year = int(found[1])
                yield from _covering(
                    stream, max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
                )


def _covering(stream: str, first: date, last: date) -> Iterator[str]:
    """Folders that together hold every day from the first to the last."""
    if (last - first).days < _MOST_DAYS:
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            yield f"{stream}{day.year}/{day.month}/{day.day}/"
        return
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield f"{stream}{month // 12}/{month % 12 + 1}/"
