"""Rows of the truth, made of items."""

from __future__ import annotations

import json
from typing import Any

from demo.clock import iso_millis
from demo.items import Item
from demo.properties import differences
from demo.resources.base import Resource
from demo.volatile import is_volatile


def item_row(item: Item) -> dict[str, Any]:
    """A row of `items`."""
    delivered = [cause for cause in item.causes if cause.is_delivered]
    if not delivered:
        match = "none"
    elif all(cause.is_indirect for cause in delivered):
        match = "indirect"
    else:
        match = "exact" if len({cause.event_id for cause in delivered}) == 1 else "shared"
    return {
        "account_id": item.account_id,
        "aws_region": item.aws_region,
        "resource_type": item.resource_type,
        "resource_id": item.resource_id,
        "resource_name": item.resource_name,
        "captured_at": iso_millis(item.captured_at),
        "state_id": item.state_id,
        "change_kind": item.change_kind,
        "caused_by": list(dict.fromkeys(cause.event_id for cause in delivered)),
        "indirect_via": [
            {"event_id": cause.event_id, "resource_type": cause.via[0], "resource_id": cause.via[1]}
            for cause in delivered
            if cause.via is not None
        ],
        "match_kind": match,
        "undelivered_causes": [one.event_id for one in item.causes if not one.is_delivered],
    }


def property_rows(item: Item, before: Item) -> list[dict[str, Any]]:
    """Rows of `property_changes`."""
    return [
        {
            "account_id": item.account_id,
            "aws_region": item.aws_region,
            "resource_type": item.resource_type,
            "resource_id": item.resource_id,
            "captured_at": iso_millis(item.captured_at),
            "area": row.area,
            "property_path": row.path,
            "change": row.change,
            "value_before": row.before,
            "value_after": row.after,
            "is_volatile": is_volatile(item.resource_type, row),
        }
        for row in differences(json.loads(before.body), json.loads(item.body))
    ]


def creation_row(item: Item, resource: Resource) -> dict[str, Any]:
    """A row of `resource_creations`."""
    cause = resource.created_by
    is_known = cause is not None and cause.is_delivered
    has_time = resource.has_creation_time
    return {
        "resource_type": item.resource_type,
        "resource_id": item.resource_id,
        "resource_name": item.resource_name,
        "account_id": item.account_id,
        "aws_region": item.aws_region,
        "created_at": iso_millis(resource.created_at if has_time else item.captured_at),
        "created_at_source": "resource_creation_time" if has_time else "first_seen",
        "event_id": cause.event_id if cause is not None and is_known else None,
        "actor_arn": resource.creator_arn if is_known else None,
        "captured_at": iso_millis(item.captured_at),
    }


def missing_row(resource: Resource, last: Item, moment: int, path: str) -> dict[str, Any]:
    """A row of `missing_from_snapshot`."""
    return {
        "account_id": last.account_id,
        "aws_region": last.aws_region,
        "resource_type": last.resource_type,
        "resource_id": last.resource_id,
        "last_captured_at": iso_millis(last.captured_at),
        "snapshot_at": iso_millis(moment),
        "snapshot_path": path,
        "caused_by": [cause.event_id for cause in resource.causes if cause.is_delivered],
    }
