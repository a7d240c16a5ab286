"""The command: the same bytes each time, and no folder overwritten."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from demo.cli import main

ROOT = Path(__file__).parents[3]
SMALL = ("--events", "1000", "--days", "2")


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def test_the_same_options_write_the_same_bytes(tmp_path: Path) -> None:
    for seed in ("0", "1"):
        subprocess.run(
            [sys.executable, "-m", "demo", str(tmp_path / seed), *SMALL],
            check=True,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"},
        )
    assert _fingerprint(tmp_path / "0") == _fingerprint(tmp_path / "1")


def test_another_seed_writes_others(tmp_path: Path) -> None:
    assert main([str(tmp_path / "a"), *SMALL]) == 0
    assert main([str(tmp_path / "b"), *SMALL, "--seed", "2"]) == 0
    assert _fingerprint(tmp_path / "a") != _fingerprint(tmp_path / "b")


def test_a_second_run_does_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "a"), *SMALL]) == 0
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    capsys.readouterr()
    assert main([str(tmp_path / "a"), *SMALL]) == 0
    assert "nothing to do" in capsys.readouterr().err
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_folder_with_other_options_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "a"), *SMALL]) == 0
    capsys.readouterr()
    assert main([str(tmp_path / "a"), *SMALL, "--seed", "2"]) == 2
    assert "another or an unfinished simulation" in capsys.readouterr().err


def test_a_folder_of_somebody_else_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "precious").write_text("mine")
    assert main([str(tmp_path), *SMALL]) == 2
    message = capsys.readouterr().err
    assert "is not empty" in message
    assert message.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["precious"]


@pytest.mark.parametrize(
    "option",
    [
        ("--events", "10"),
        ("--days", "0"),
        ("--accounts", "0"),
        ("--accounts", "11"),
        ("--events-per-file", "0"),
    ],
    ids=" ".join,
)
def test_impossible_sizes_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: tuple[str, str]
) -> None:
    assert main([str(tmp_path / "a"), *option]) == 2
    assert option[0] in capsys.readouterr().err
    assert not (tmp_path / "a").exists()


def test_help_tells_what_comes_out(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exited:
        main(["--help"])
    assert exited.value.code == 0
    told = capsys.readouterr().out
    assert all(word in told for word in ("deliveries", "truth.json", "--events", "examples:"))
