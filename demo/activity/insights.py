"""Insights: unusual rates of calls and of errors, each with its beginning and its end.

Form as in "CloudTrail record contents for Insights events for trails" of the user guide.
"""

from __future__ import annotations

from dataclasses import dataclass

from demo.activity.base import AFTERNOON, MORNING, Stage
from demo.calls import Json
from demo.clock import MINUTE, iso_seconds
from demo.organization import BOTO, PEOPLE

BASELINE_MINUTES = 10_080


@dataclass(frozen=True, slots=True)
class Insight:
    """What was unusual: `usual` and `unusual` are calls or errors a minute."""

    start: int
    minutes: int
    service: str
    name: str
    usual: float
    unusual: float
    error: str | None = None


WEEK = {
    2: Insight(MORNING, 14, "ec2", "RunInstances", 0.0020833333, 12.4),
    4: Insight(AFTERNOON, 6, "lambda", "UpdateFunctionCode20150331v2", 0.0, 8.5, "AccessDenied"),
}


def records(stage: Stage) -> list[tuple[int, Json]]:
    """The day's Insight records with their moments: a start and an end, or none."""
    insight = WEEK.get(stage.number % 7)
    if insight is None:
        return []
    shared_id = stage.ids.uuid()
    begins = stage.day + insight.start
    ends = begins + insight.minutes * MINUTE
    return [
        (begins, _record(stage, insight, "Start", begins, shared_id)),
        (ends, _record(stage, insight, "End", ends, shared_id)),
    ]


def _record(stage: Stage, insight: Insight, state: str, moment: int, shared_id: str) -> Json:
    details: Json = {
        "state": state,
        "eventSource": f"{insight.service}.amazonaws.com",
        "eventName": insight.name,
        "insightType": "ApiErrorRateInsight" if insight.error else "ApiCallRateInsight",
    }
    if insight.error:
        details["errorCode"] = insight.error
    statistics: Json = {
        "baseline": {"average": insight.usual},
        "insight": {"average": insight.unusual},
        "baselineDuration": BASELINE_MINUTES,
    }
    if state == "End":
        statistics["insightDuration"] = insight.minutes
    details["insightContext"] = {
        "statistics": statistics,
        "attributions": _attributions(stage, insight, moment),
    }
    return {
        "eventVersion": "1.08",
        "eventTime": iso_seconds(moment),
        "awsRegion": stage.place.region,
        "eventID": stage.ids.uuid(),
        "eventType": "AwsCloudTrailInsight",
        "recipientAccountId": stage.account_id,
        "sharedEventID": shared_id,
        "insightDetails": details,
        "eventCategory": "Insight",
    }


def _attributions(stage: Stage, insight: Insight, moment: int) -> list[Json]:
    dan = PEOPLE[3].caller(stage.account_id, moment)
    bob = PEOPLE[1].caller(stage.account_id, moment)
    most, rest = round(insight.unusual * 0.8, 4), round(insight.unusual * 0.2, 4)
    return [
        {
            "attribute": "userIdentityArn",
            "insight": [
                {"value": dan.arn, "average": most},
                {"value": bob.arn, "average": rest},
            ],
            "baseline": [{"value": bob.arn, "average": insight.usual}],
        },
        {
            "attribute": "userAgent",
            "insight": [{"value": BOTO, "average": insight.unusual}],
            "baseline": [],
        },
        {
            "attribute": "errorCode",
            "insight": [{"value": insight.error or "null", "average": insight.unusual}],
            "baseline": [{"value": "null", "average": insight.usual}],
        },
    ]
