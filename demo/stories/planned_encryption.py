"""Planned changes of buckets' encryption, one function for each way they can go."""

from __future__ import annotations

from demo.clock import DAY, HOUR, MINUTE, SECOND
from demo.items import Encryption
from demo.organization import CLI
from demo.resources import buckets
from demo.simulation import Story
from demo.stories.cast import ALICE, BOB, CAROL, CI, DAN, ERIN, Cast

# Whose userAgent the addendum mends, and to what.
MENDED_AGENT = CLI + " cfg/retry-mode#standard"


def changes(cast: Cast) -> None:
    """Set, set again to the same, refused, changed, reset; then a record mended by an addendum."""
    sim = cast.sim
    bucket = cast.old(cast.bucket("ledger-exports"))

    def first() -> Story:
        change = buckets.put_encryption(bucket, cast.kms)
        record = sim.do(cast.caller(ALICE), change)
        mended = {
            **record,
            "eventID": sim.ids.uuid(),
            "userAgent": MENDED_AGENT,
            "addendum": {
                "reason": "UPDATED_DATA",
                "updatedFields": "userAgent",
                "originalRequestID": record["requestID"],
                "originalEventID": record["eventID"],
            },
        }
        sim.log_record(mended, cast.place, late=DAY, is_addendum=True)
        sim.truth.addendum.update(
            original_event_id=record["eventID"],
            addendum_event_id=mended["eventID"],
            field="userAgent",
            value=MENDED_AGENT,
        )
        yield 2 * HOUR
        sim.do(cast.caller(BOB), buckets.put_encryption(bucket, cast.kms, "list"))
        yield 2 * HOUR
        sim.refuse(cast.caller(DAN), buckets.delete_encryption(bucket))
        sim.refuse(cast.caller(DAN), buckets.put_encryption(bucket, Encryption("AES256")))
        yield 2 * HOUR
        sim.do(cast.caller(CAROL), buckets.put_encryption(bucket, cast.other_kms, "plural"))
        yield 3 * HOUR
        sim.do(cast.caller(CI), buckets.delete_encryption(bucket))

    cast.at(0, 3, 0, first())


def between_looks(cast: Cast) -> None:
    """Changed and changed back before Config looks: no item shows it; one does much later."""
    bucket = cast.old(cast.bucket("search-models"))

    def story() -> Story:
        change = buckets.put_encryption(bucket, cast.kms)
        cast.sim.do(cast.caller(BOB), change, lag=4 * MINUTE + 310)
        yield 90 * SECOND
        cast.sim.do(cast.caller(CAROL), buckets.put_encryption(bucket, Encryption("AES256")))
        yield 12 * HOUR
        cast.sim.do(cast.caller(CI), buckets.put_tagging(bucket, {"reviewed": "true"}))

    cast.at(1, 4, 0, story())


def without_log(cast: Cast) -> None:
    """Changed in the hour whose log is lost."""
    plan = cast.sim.plan
    bucket = cast.old(cast.bucket("mobile-uploads", plan.lost_place))

    def story() -> Story:
        change = buckets.put_encryption(bucket, Encryption("aws:kms"))
        cast.sim.do(cast.caller(ERIN, plan.lost_place), change)
        yield SECOND

    cast.sim.begin(plan.lost.start + 20 * MINUTE, story())


def of_new_bucket(cast: Cast) -> None:
    """Encrypted before Config has looked at the new bucket at all."""
    bucket = cast.bucket("orders-events")

    def story() -> Story:
        cast.sim.do(cast.caller(CI), buckets.create(bucket), lag=3 * MINUTE + 87)
        yield 6 * SECOND
        cast.sim.do(cast.caller(CI), buckets.put_encryption(bucket, cast.kms))

    cast.at(0, 7, 30, story())


STORIES = (changes, between_looks, without_log, of_new_bucket)
