"""Properties that AWS rewrites by itself, without a call that asks for it.

A resource's item shows their new values, but these alone are no change.
"""

from __future__ import annotations

from demo.calls import Json
from demo.properties import Difference
from demo.resources import roles

# By type, the keys at the top of its configuration.
VOLATILE: dict[str, tuple[str, ...]] = {
    roles.TYPE: roles.VOLATILE,
}


def is_volatile(resource_type: str, difference: Difference) -> bool:
    """Whether AWS rewrites the property by itself."""
    first_key = difference.path.partition(".")[0]
    return difference.area == "configuration" and first_key in VOLATILE.get(resource_type, ())


def steady(resource_type: str, configuration: Json) -> Json:
    """A configuration without what AWS rewrites by itself."""
    left_out = VOLATILE.get(resource_type, ())
    return {key: value for key, value in configuration.items() if key not in left_out}
