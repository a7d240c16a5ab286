"""Brings a project that `tarn init` made to the files of the installed version."""

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tarn.scaffold import COPIED, copied_files, note_copied

# dbt reads no such file.
BESIDE: Final = ".new"


@dataclass(slots=True)
class Upgrade:
    """What an upgrade did, as paths from the project's folder.

    `kept` have been changed by people and by Tarn: theirs stays, and Tarn's lies beside it with
    `.new` at its end. `outlived` have been changed by people, and Tarn has them no more.
    """

    replaced: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    outlived: list[str] = field(default_factory=list)


def upgrade_project(folder: Path, source: Path) -> Upgrade:
    """Take over what is new in `source`, and leave what people have changed.

    Stopped midway it goes on when it is called again: what was copied is noted at the end.
    Raises OSError; FileNotFoundError and ValueError for a project that does not say what it was
    made of.
    """
    before = json.loads((folder / COPIED).read_text(encoding="utf-8"))
    now = copied_files(source)
    done = Upgrade()
    for name, hashed in now.items():
        _take_over(folder, source, name, (before.get(name), hashed), done)
    for name in sorted(set(before) - set(now)):
        there = _hash_of(folder / name)
        if there == before[name]:
            (folder / name).unlink()
            done.removed.append(name)
        elif there is not None:
            done.outlived.append(name)
    note_copied(folder, now)
    return done


def _take_over(
    folder: Path, source: Path, name: str, hashes: tuple[str | None, str], done: Upgrade
) -> None:
    before, now = hashes
    there = _hash_of(folder / name)
    if there == now or before == now:
        return
    if there is None and before is None:
        _copy(source / name, folder / name)
        done.added.append(name)
    elif there is not None and there == before:
        _copy(source / name, folder / name)
        done.replaced.append(name)
    else:
        _copy(source / name, folder / f"{name}{BESIDE}")
        done.kept.append(name)


def _hash_of(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _copy(source: Path, target: Path) -> None:
    """Copy a file so that its place holds the old one or the new one, and never a part."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, part)
    os.replace(part, target)  # noqa: PTH105  (takes the place of a file on every system)
