"""A query of the catalogue as its YAML declares it and dbt compiles it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tarn.catalogue import Parameter, Query

Declarations = Mapping[str, Mapping[str, Any]]


def shared_parameters(folder: Path) -> Declarations:
    """What the project in a folder says of the parameters that queries share, by name."""
    import yaml

    text = (folder / "dbt_project.yml").read_text(encoding="utf-8")
    said: Declarations = yaml.safe_load(text).get("vars", {}).get("shared_parameters", {})
    return said


def parameters(meta: Mapping[str, Any], shared: Declarations) -> tuple[Parameter, ...]:
    """The parameters of a query, in its own order; it says only what is not as in `shared`."""
    return tuple(
        _parameter(name, {**shared.get(name, {}), **(own or {})})
        for name, own in (meta.get("parameters") or {}).items()
    )


def query(node: Any, shared: Declarations) -> Query:
    """The query that an analysis is, compiled with bind parameters."""
    meta = node.config.meta or {}
    return Query(
        name=node.name,
        subject=Path(node.original_file_path).parent.name,
        description=node.description.strip(),
        tags=tuple(node.config.tags),
        parameters=parameters(meta, shared),
        columns={name: column.description.strip() for name, column in node.columns.items()},
        replaces=tuple(meta.get("replaces") or ()),
        sql=node.compiled_code.strip(),
        corrects=(meta.get("corrects") or "").strip(),
    )


def _parameter(name: str, said: Mapping[str, Any]) -> Parameter:
    return Parameter(
        name=name,
        type=said.get("type", "text"),
        default=said.get("default"),
        description=said.get("description", ""),
        choices=tuple(said.get("choices", ())),
    )
