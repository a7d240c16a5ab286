"""docs/s3.md says what is so: its options, and that its policy is enough, and no more than that."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import pytest
from building import REPOSITORY
from moto import mock_aws
from moto.core import set_initial_no_auth_action_count
from s3_deliveries import config_key, history, trail, trail_key
from small_lakes import NOW, landed

from ingest.sources.s3 import client
from tarn.commands import ingest

Tarn = Callable[..., Any]
TEXT = (REPOSITORY / "docs" / "s3.md").read_text(encoding="utf-8")
POLICY: dict[str, Any] = json.loads(re.findall(r"```json\n(.*?)```", TEXT, flags=re.DOTALL)[0])


def test_its_table_names_each_option_of_s3() -> None:
    told = set(re.findall(r"^\| `(--[a-z-]+)", TEXT, flags=re.MULTILINE))
    there = {
        option.opts[0]
        for option in ingest.command.params
        if str(getattr(option, "help", "")).startswith("S3:")
    }
    assert told == there | {"--follow"}


@pytest.mark.parametrize(
    ("left_out", "words"),
    [(None, ""), ("ListTheLogs", "AWS denies access"), ("ReadTheLogs", "AWS denies it")],
)
def test_its_policy_is_enough_and_not_too_much(
    aws: pytest.MonkeyPatch, root: Path, tarn: Tarn, left_out: str | None, words: str
) -> None:
    statements = [one for one in POLICY["Statement"] if one["Sid"] != left_out]
    with mock_aws():
        bucket = boto3.resource("s3", region_name="us-east-1").create_bucket(Bucket="acme-logs")
        bucket.put_object(Key=trail_key(NOW), Body=trail(1))
        bucket.put_object(Key=config_key(NOW), Body=history(2))
        iam = boto3.client("iam")
        iam.create_user(UserName="reader")
        policy = json.dumps({**POLICY, "Statement": statements})
        iam.put_user_policy(UserName="reader", PolicyName="reads", PolicyDocument=policy)
        key = iam.create_access_key(UserName="reader")["AccessKey"]
        aws.setenv("AWS_ACCESS_KEY_ID", key["AccessKeyId"])
        aws.setenv("AWS_SECRET_ACCESS_KEY", key["SecretAccessKey"])
        client._client.cache_clear()
        checked = set_initial_no_auth_action_count(0)(tarn)
        done = checked("ingest", "s3://acme-logs/AWSLogs/")
    if left_out is None:
        assert done.exit_code == 0, done.output
        assert len(landed(root)) == len(landed(root, "configuration_items")) == 1
    else:
        assert done.exit_code in (1, 3)
        assert words in done.output + tarn("status").output
