"""Properties that AWS rewrites by itself, without a call that asks for it.

A resource's item shows their new values, but these alone are no change.
"""

from __future__ import annotations

from random import Random

from demo.calls import Json
from demo.clock import HOUR, SECOND, iso_millis
from demo.properties import Difference
from demo.resources import databases, networks, roles, tables
from demo.resources.base import Resource

# By type, the keys at the top of its configuration.
VOLATILE: dict[str, tuple[str, ...]] = {
    databases.TYPE: databases.VOLATILE,
    networks.SUBNET: networks.VOLATILE,
    roles.TYPE: roles.VOLATILE,
    tables.TYPE: tables.VOLATILE,
}


def is_volatile(resource_type: str, difference: Difference) -> bool:
    """Whether AWS rewrites the property by itself."""
    first_key = difference.path.partition(".")[0]
    return difference.area == "configuration" and first_key in VOLATILE.get(resource_type, ())


def rewrite(resource: Resource, moment: int, random: Random) -> None:
    """Let time pass over a resource: what AWS counts and dates in it is of this moment."""
    if resource.resource_type == databases.TYPE:
        resource.attributes["restorable"] = moment // (300 * SECOND) * 300 * SECOND
    elif resource.resource_type == tables.TYPE:
        # DynamoDB counts every six hours or so.
        counted = moment // (6 * HOUR)
        if resource.attributes["counted"] != counted:
            grown = resource.attributes["count"] + random.randrange(40)
            resource.attributes.update(counted=counted, count=grown)
    elif resource.resource_type == roles.TYPE and resource.attributes["used"] is not None:
        used = {**resource.attributes["used"], "lastUsedDate": iso_millis(moment // HOUR * HOUR)}
        resource.attributes["used"] = used


def steady(resource_type: str, configuration: Json) -> Json:
    """A configuration without what AWS rewrites by itself."""
    left_out = VOLATILE.get(resource_type, ())
    return {key: value for key, value in configuration.items() if key not in left_out}
