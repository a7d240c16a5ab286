"""Compile the project for an engine, the whole and the incremental branch: python compile_both.py
ENGINE PROJECT FOLDER. The manifests go to FOLDER/whole and FOLDER/incremental.

dbt parses once, for that takes longest. Only models have an incremental branch. Run by the Python
that has the engine's adapter."""

import json
import sys
from pathlib import Path

from dbt.cli.main import dbtRunner


def main(engine: str, project: str, folder: Path) -> None:
    """Raises SystemExit where dbt fails; it has said why."""
    places = ["--target", engine, "--project-dir", project, "--profiles-dir", project]
    places += ["--log-path", str(folder / "logs"), "--quiet"]
    parsed = dbtRunner().invoke(
        ["parse", "--no-partial-parse", "--target-path", str(folder / "parsed"), *places]
    )
    if not parsed.success:
        raise SystemExit(str(parsed.exception))
    for branch in ("whole", "incremental"):
        variables = json.dumps({"force_incremental": branch == "incremental"})
        words = ["compile", "--no-introspect", "--no-populate-cache", "--vars", variables]
        words += ["--target-path", str(folder / branch), *places]
        if branch == "incremental":
            words += ["--select", "resource_type:model"]
        compiled = dbtRunner(manifest=parsed.result.deepcopy()).invoke(words)
        if not compiled.success:
            raise SystemExit(str(compiled.exception))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
