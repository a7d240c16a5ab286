"""Puts the files of a compaction in place of those they were made from.

A reader looks for `*.parquet` in the folder of a day. The folder changes places with one, made
aside, that holds the merged files and what else the day has: so a reader lists the files of before
or those of after, and never both or neither.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from ingest.landing import lock
from ingest.landing.exchange import exchange
from ingest.landing.layout import sync_folder
from ingest.landing.plan import Plan


def add_the_rest(root: Path, aside: Path, plan: Plan) -> None:
    """Have the folders aside hold the other files of their days too, as links. Raises OSError."""
    removed = {file.path for file in plan.removed}
    for folder in _folders(plan):
        for path in sorted((root / folder).iterdir()):
            if f"{folder}/{path.name}" not in removed:
                os.link(path, aside / folder / path.name)
        sync_folder(aside / folder)


def put_in_place(root: Path, aside: Path, plan: Plan) -> None:
    """Exchange the folders that have not been yet, while no build is reading.

    Raises CannotExchangeError, LockedError and OSError.
    """
    with lock.without_readers(root):
        for folder in _folders(plan):
            if not _is_exchanged(root, folder, plan):
                _exchange(root, aside, folder)


def put_back(root: Path, aside: Path, plan: Plan) -> None:
    """Take back the exchanges of a compaction that cannot be finished. Raises as `put_in_place`
    does."""
    with lock.without_readers(root):
        for folder in _folders(plan):
            if _is_exchanged(root, folder, plan) and (aside / folder).is_dir():
                _exchange(root, aside, folder)


def _exchange(root: Path, aside: Path, folder: str) -> None:
    exchange(aside / folder, root / folder)
    for parent in ((aside / folder).parent, (root / folder).parent):
        sync_folder(parent)


def _folders(plan: Plan) -> Iterable[str]:
    return dict.fromkeys(str(Path(file.path).parent) for file in plan.files)


def _is_exchanged(root: Path, folder: str, plan: Plan) -> bool:
    return any(
        (root / file.path).exists() for file in plan.files if Path(file.path).parent == Path(folder)
    )
