"""CloudTrail's digest files, which name the log files of an hour with their hashes.

Form as in "CloudTrail digest file structure" of the user guide. Without
signatures: those are in the objects' metadata, which a folder doesn't have.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from demo.calls import Json, Place
from demo.clock import HOUR, compact_seconds, date_at, iso_seconds
from demo.events import encode
from demo.ids import stable_hex
from demo.log import LoggedEvent
from demo.objects import Objects
from demo.plan import Plan
from demo.truth import Truth

BUCKET = "example-organization-logs"
TRAIL = "management-events"


@dataclass(slots=True)
class Digests:
    """Notes log files of one place while they are written; writes digests afterwards."""

    objects: Objects
    plan: Plan
    truth: Truth
    _files: list[tuple[int, Json]] = field(default_factory=list)

    def witness(
        self, place: Place, key: str, text: str, moment: int, records: list[LoggedEvent]
    ) -> None:
        """Note a log file, if digests are written for its hour."""
        if place != self.plan.broken_place or not self.plan.digests.holds(moment):
            return
        times = [record.moment for record in records]
        entry = {
            "s3Bucket": BUCKET,
            "s3Object": key,
            "hashValue": hashlib.sha256(text.encode()).hexdigest(),
            "hashAlgorithm": "SHA-256",
            "newestEventTime": iso_seconds(max(times)),
            "oldestEventTime": iso_seconds(min(times)),
        }
        self._files.append((moment, entry))

    def write(self) -> None:
        """Write a digest for each hour, each naming the one before."""
        span = self.plan.digests
        previous: Json = {"previousDigestS3Bucket": None, "previousDigestS3Object": None}
        for start in range(span.start, span.end, HOUR):
            key = self._key(start + HOUR)
            text = encode(self._digest(key, start, previous))
            self.objects.put_text(key, text)
            self.truth.counts["digest_files"] += 1
            previous = {
                "previousDigestS3Bucket": BUCKET,
                "previousDigestS3Object": key,
                "previousDigestHashValue": hashlib.sha256(text.encode()).hexdigest(),
                "previousDigestHashAlgorithm": "SHA-256",
                "previousDigestSignature": stable_hex(64, "signature", key) * 8,
            }

    def _key(self, end: int) -> str:
        place = self.plan.broken_place
        folder = f"AWSLogs/{place.account_id}/CloudTrail-Digest/{place.region}"
        name = (
            f"{place.account_id}_CloudTrail-Digest_{place.region}_{TRAIL}_{place.region}"
            f"_{compact_seconds(end)}.json.gz"
        )
        return f"{folder}/{date_at(end):%Y/%m/%d}/{name}"

    def _digest(self, key: str, start: int, previous: Json) -> Json:
        entries = [entry for moment, entry in self._files if start <= moment < start + HOUR]
        newest = [entry["newestEventTime"] for entry in entries]
        oldest = [entry["oldestEventTime"] for entry in entries]
        return {
            "awsAccountId": self.plan.broken_place.account_id,
            "digestStartTime": iso_seconds(start),
            "digestEndTime": iso_seconds(start + HOUR),
            "digestS3Bucket": BUCKET,
            "digestS3Object": key,
            "digestPublicKeyFingerprint": stable_hex(32, "fingerprint"),
            "digestSignatureAlgorithm": "SHA256withRSA",
            "newestEventTime": max(newest, default=None),
            "oldestEventTime": min(oldest, default=None),
            **previous,
            "logFiles": entries,
        }
