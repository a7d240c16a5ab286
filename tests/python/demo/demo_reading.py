"""A simulation's folder read back, by means that share nothing with demo."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass
class Delivered:
    """What lies in a simulation's folder."""

    folder: Path
    truth: dict[str, Any]
    paths: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    # Each record with the path of its file, copies included.
    records: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    # What VPC endpoints saw, and Insights: records of other forms than those of calls.
    network: list[dict[str, Any]] = field(default_factory=list)
    insights: list[dict[str, Any]] = field(default_factory=list)
    items: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @cached_property
    def events(self) -> dict[str, dict[str, Any]]:
        """Records by eventID."""
        return {record["eventID"]: record for _, record in self.records if "eventTime" in record}


def read(folder: Path) -> Delivered:
    """Read a simulation's folder."""
    root = folder / "deliveries"
    found = Delivered(folder, json.loads((folder / "truth.json").read_text()))
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        key = path.relative_to(root).as_posix()
        found.paths.append(key)
        if path.name == "ConfigWritabilityCheckFile" or "/CloudTrail-Digest/" in key:
            continue
        try:
            document = json.loads(gzip.decompress(path.read_bytes()))
        except (EOFError, ValueError, zlib.error):
            found.unreadable.append(key)
            continue
        if "/CloudTrail-NetworkActivity/" in key:
            found.network += document["Records"]
        elif "/CloudTrail-Insight/" in key:
            found.insights += document["Records"]
        else:
            found.records += [(key, record) for record in document.get("Records", [])]
        found.items += [(key, item) for item in document.get("configurationItems", [])]
        if "configurationItem" in document:
            found.items.append((key, document["configurationItem"]))
    return found
