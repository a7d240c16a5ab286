"""Compile the project for an engine, the whole and the incremental branch: python compile_both.py
ENGINE PROJECT FOLDER. What each node was compiled to goes to FOLDER/whole.json and
FOLDER/incremental.json: dbt takes as long to write its manifest as to compile half of it.

dbt parses once, for that takes longest. Only models have an incremental branch. Run by the Python
that has the engine's adapter."""

import json
import sys
from pathlib import Path

from dbt.cli.main import dbtRunner
from dbt.parser.manifest import ManifestLoader


def main(engine: str, project: str, folder: Path) -> None:
    """Raises SystemExit where dbt fails; it has said why."""
    # What descriptions say takes a fifth of the time of parsing, and goes into no compiled code.
    # The assertion tells when dbt no longer has this step.
    assert callable(ManifestLoader.process_docs)
    ManifestLoader.process_docs = lambda *_: None
    places = ["--target", engine, "--project-dir", project, "--profiles-dir", project]
    places += ["--log-path", str(folder / "logs"), "--target-path", str(folder / "target")]
    places += ["--no-write-json", "--quiet", "--log-level-file", "none"]
    parsed = dbtRunner().invoke(["parse", "--no-partial-parse", *places])
    if not parsed.success:
        raise SystemExit(str(parsed.exception))
    for branch in ("whole", "incremental"):
        variables = json.dumps({"force_incremental": branch == "incremental"})
        words = ["compile", "--no-introspect", "--no-populate-cache", "--vars", variables]
        if branch == "incremental":
            words += ["--select", "resource_type:model"]
        compiled = dbtRunner(manifest=parsed.result).invoke([*words, *places])
        if not compiled.success:
            raise SystemExit(str(compiled.exception))
        nodes = {
            result.node.unique_id: {
                "resource_type": result.node.resource_type,
                "raw_code": result.node.raw_code,
                "compiled_code": result.node.compiled_code,
            }
            for result in compiled.result.results
            if result.node.resource_type in ("model", "analysis", "test")
        }
        (folder / f"{branch}.json").write_text(json.dumps(nodes), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
