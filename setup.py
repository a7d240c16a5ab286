"""Puts the dbt project and what goes with it into the wheel, from where it lies in the tree."""

import shutil
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

TREE = Path(__file__).parent.resolve()
sys.path.insert(0, str(TREE))

from tarn.scaffold import project_files  # noqa: E402


class BuildWithProject(build_py):
    """Copies the project's files beside the modules; an editable install reads the tree."""

    def run(self) -> None:
        """Build as usual, then copy."""
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / "tarn" / "project_files"
        # What an earlier build has left there may be gone from the tree.
        shutil.rmtree(target, ignore_errors=True)
        for name in project_files(TREE):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(TREE / name, target / name)


setup(cmdclass={"build_py": BuildWithProject})
