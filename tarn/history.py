"""The life of a resource: its changes, newest first, with who made them and what they changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import duckdb

from tarn.errors import TarnError

_RESOURCES: Final = """
    select resource_key, account_id, aws_region, resource_type, resource_id, resource_name,
        ended_as, ended_by, snapshot_object
    from dim_resources
    where $name in (resource_id, resource_name, resource_arn, resource_key)
    order by resource_key
"""
_CHANGES: Final = """
    select changes.*
    from fct_configuration_changes as changes
    inner join dim_resources as resources
        using (account_id, aws_region, resource_type, resource_id)
    where
        resources.resource_key = $key
        and ($since is null or captured_at >= $since)
        and ($until is null or captured_at < $until)
    order by captured_at desc, change_id desc
"""
_PROPERTIES: Final = """
    select change_id, area, property_path, difference, value_before, value_after
    from fct_configuration_property_changes
    where list_contains($changes, change_id) and not is_volatile
    order by change_id, area, property_path, value_before, value_after
"""
_CAUSES: Final = """
    select change_id, event_id, event_name, occurred_at, actor_arn, person, match_kind,
        confidence, reasons
    from fct_change_attributions
    where list_contains($changes, change_id)
    order by change_id, occurred_at, event_id
"""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource that a name fits."""

    key: str
    account_id: str
    aws_region: str
    resource_type: str
    resource_id: str
    resource_name: str | None
    ended_as: str | None
    ended_by: datetime | None
    snapshot_object: str | None


def find(lake: duckdb.DuckDBPyConnection, name: str) -> list[Resource]:
    """The resources with this ARN, id or name. Raises TarnError when there is none."""
    found = [Resource(*row) for row in lake.execute(_RESOURCES, {"name": name}).fetchall()]
    if not found:
        raise TarnError(
            f"AWS Config has shown no resource with the ARN, id or name {name}: `tarn status` "
            "says what has landed."
        )
    return found


def changes(
    lake: duckdb.DuckDBPyConnection,
    resource: Resource,
    since: datetime | None,
    until: datetime | None,
) -> list[dict[str, Any]]:
    """The changes of a resource, newest first, each with its `properties` and `causes`."""
    window = {"key": resource.key, "since": since, "until": until}
    found = _rows(lake, _CHANGES, window)
    ids = {"changes": [change["change_id"] for change in found]}
    for name, query in (("properties", _PROPERTIES), ("causes", _CAUSES)):
        parts: dict[str, list[dict[str, Any]]] = {}
        for row in _rows(lake, query, ids):
            parts.setdefault(row.pop("change_id"), []).append(row)
        for change in found:
            change[name] = parts.get(change["change_id"], [])
    return found


def _rows(
    lake: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any]
) -> list[dict[str, Any]]:
    result = lake.execute(sql, values)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
