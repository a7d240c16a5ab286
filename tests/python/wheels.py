"""The project as people get it: built as a wheel, installed into an environment of its own."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

from building import REPOSITORY, made_once

from tarn.project import PACKAGED
from tarn.scaffold import FILES, FOLDERS

_SOURCES = ("tarn", "ingest", *FOLDERS, *FILES, "pyproject.toml", "setup.py", "README.md")
_LEFT = shutil.ignore_patterns("__pycache__", "python", "project")
# The needs come from the environment of the tests; of Tarn there is only the wheel.
_DBT = '#!/bin/sh\nexec "{python}" -c "from dbt.cli.main import cli; cli()" "$@"\n'


@dataclass(frozen=True, slots=True)
class Installed:
    """A wheel and the environment that it is installed in."""

    wheel: Path
    environment: Path

    @property
    def commands(self) -> Path:
        """The folder with `tarn`, `dbt` and `python`."""
        return self.environment / "bin"

    def variables(self) -> dict[str, str]:
        """The environment variables of somebody who has activated it."""
        known = {name: value for name, value in os.environ.items() if name != "TARN_ROOT"}
        known.pop("PYTHONPATH", None)
        return {**known, "PATH": f"{self.commands}:{known['PATH']}"}

    def run(self, folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
        """What a command says that is called in a folder."""
        return subprocess.run(
            [str(self.commands / command[0]), *command[1:]],
            cwd=folder,
            env=self.variables(),
            capture_output=True,
            text=True,
            check=False,
        )


def install(shared_folder: Path) -> Installed:
    """Build and install the wheel, once for all workers."""
    folder = shared_folder / "installed"
    with made_once(folder) as done:
        if not done:
            _build(folder)
            _install(folder)
    [wheel] = folder.glob("*.whl")
    return Installed(wheel, folder / "environment")


def packaged(wheel: Path) -> dict[str, bytes]:
    """The project's files in a wheel."""
    start = f"tarn/{PACKAGED.name}/"
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.startswith(start)]
        return {name.removeprefix(start): archive.read(name) for name in names}


def _build(folder: Path) -> None:
    """Build in a copy: a build leaves folders beside the sources."""
    tree = folder / "tree"
    tree.mkdir()
    for name in _SOURCES:
        source = REPOSITORY / name
        if source.is_dir():
            ignored = _LEFT if name == "tests" else shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, tree / name, ignore=ignored)
        elif source.is_file():
            shutil.copy(source, tree / name)
    _uv("build", "--wheel", "--no-build-isolation", "--out-dir", str(folder), str(tree))


def _install(folder: Path) -> None:
    environment = folder / "environment"
    venv.create(environment, symlinks=True)
    python = environment / "bin" / "python"
    needs = Path(sysconfig.get_path("purelib", vars={"base": str(environment)})) / "needs.pth"
    needs.write_text(f"{sysconfig.get_path('purelib')}\n")
    [wheel] = folder.glob("*.whl")
    _uv("pip", "install", "--no-deps", "--offline", "--python", str(python), str(wheel))
    dbt = environment / "bin" / "dbt"
    dbt.write_text(_DBT.format(python=python))
    dbt.chmod(0o755)


def _uv(*arguments: str) -> None:
    command = [str(Path(sys.executable).parent / "uv"), *arguments, "--quiet"]
    if arguments[0] == "build":
        command += ["--python", sys.executable]
    subprocess.run(command, check=True)
