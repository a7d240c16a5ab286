"""Deliveries of CloudTrail and AWS Config to S3, made to order."""

import gzip
import json
from datetime import datetime

from small_lakes import event, item, log

ACCOUNT = "111122223333"
OTHER = "444455556666"


def trail_key(
    at: datetime,
    account: str = ACCOUNT,
    region: str = "eu-west-1",
    tag: str = "aB3",
) -> str:
    """The key of a log file delivered then."""
    name = f"{account}_CloudTrail_{region}_{at:%Y%m%dT%H%MZ}_{tag}.json.gz"
    return f"AWSLogs/{account}/CloudTrail/{region}/{at:%Y/%m/%d}/{name}"


def config_key(at: datetime, account: str = ACCOUNT, tag: str = "1", root: str = "") -> str:
    """The key of a history file delivered then."""
    moment = f"{at:%Y%m%dT%H%M%SZ}"
    name = f"{account}_Config_eu-west-1_ConfigHistory_AWS::S3::Bucket_{moment}_{moment}_{tag}"
    folder = f"{account}/Config/eu-west-1/{at.year}/{at.month}/{at.day}/ConfigHistory"
    return f"{root}AWSLogs/{folder}/{name}.json.gz"


def trail(*numbers: int) -> bytes:
    """A log file with some events."""
    return gzip.compress(log(event(number) for number in numbers), 1, mtime=0)


def history(*numbers: int) -> bytes:
    """A history file with some items."""
    items = [item(number) for number in numbers]
    text = json.dumps({"fileVersion": "1.0", "configurationItems": items})
    return gzip.compress(text.encode(), 1, mtime=0)
