"""Against two servers that others wrote: moto knows S3's answers, rclone checks signatures."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from moto import mock_aws
from s3_deliveries import ACCOUNT, OTHER, config_key, history, trail, trail_key
from small_lakes import contents, ingest, landed

from ingest import job

Tarn = Callable[..., Any]
DAY = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)


@pytest.fixture
def bucket(aws: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket of moto's, in another region than the settings name."""
    aws.setenv("AWS_REGION", "us-east-1")
    aws.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        made = boto3.resource("s3", region_name="eu-central-1").Bucket("trails")
        made.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        yield made


def deliver(bucket: Any, count: int) -> None:
    """Deliver log files of one event each, and half as many history files."""
    for number in range(count):
        at = DAY - timedelta(minutes=7 * number)
        bucket.put_object(Key=trail_key(at, (ACCOUNT, OTHER)[number % 2]), Body=trail(number))
        if number % 2:
            bucket.put_object(Key=config_key(at), Body=history(number))


def test_a_bucket_lands_and_lands_but_once(bucket: Any, root: Path, tarn: Tarn) -> None:
    deliver(bucket, 200)
    first = json.loads(tarn("ingest", "s3://trails", "--json", "--workers", "1").stdout)
    assert first["records"] == {"cloudtrail": 200, "config": 100}
    assert first["landed"] == first["new"] == 300
    again = json.loads(tarn("ingest", "s3://trails", "--list-whole", "--json").stdout)
    assert (again["known"], again["new"]) == (300, 0)
    deliver(bucket, 201)
    third = json.loads(tarn("ingest", "s3://trails/AWSLogs", "--list-whole", "--json").stdout)
    assert third["new"] == 1
    assert len({row["event_id"] for row in landed(root)}) == len(landed(root)) == 201


def test_no_such_bucket_and_nothing_below_a_prefix(bucket: Any, tarn: Tarn) -> None:
    for name, words in [
        ("s3://nobody", "There is no bucket nobody"),
        ("s3://trails/none", "Nothing lies at s3://trails/none"),
        ("s3://trails/none/", "Nothing lies at s3://trails/none/"),
        ("s3://trails", "Nothing lies at s3://trails/"),
        ("s3://no name", "no name is no name of a bucket"),
    ]:
        done = tarn("ingest", name)
        assert (done.exit_code, words in done.output) == (1, True), done.output
        assert len(done.output.splitlines()) == 1
    del bucket


def test_a_role_is_assumed(bucket: Any, tarn: Tarn, aws: pytest.MonkeyPatch) -> None:
    deliver(bucket, 2)
    seen = []
    call = BaseClient._make_api_call

    def record(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        seen.append((operation, arguments, self._request_signer._credentials.access_key))
        return call(self, operation, arguments)

    aws.setattr(BaseClient, "_make_api_call", record)
    role = f"arn:aws:iam::{OTHER}:role/reads-logs"
    done = tarn("ingest", "s3://trails", "--role-arn", role, "--external-id", "ours")
    assert done.exit_code == 0, done.output
    operation, arguments, _ = seen[0]
    assert operation == "AssumeRole"
    assert (arguments["RoleArn"], arguments["ExternalId"]) == (role, "ours")
    assert all(key != "AKIDTEST" for name, _, key in seen if name == "GetObject")


@pytest.fixture
def rclone(tmp_path: Path, aws: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that rclone serves as the bucket `trails`, with signatures checked."""
    folder = tmp_path / "served"
    (folder / "trails").mkdir(parents=True)
    command = [
        *(str(Path(sys.executable).parent / "rclone"), "serve", "s3", str(folder)),
        *("--addr", "127.0.0.1:0", "--auth-key", "AKIDTEST,secret", "--dir-cache-time", "0s"),
        *("--config", str(tmp_path / "rclone.conf"), "--log-level", "INFO"),
    ]
    log = tmp_path / "rclone.log"
    with log.open("w") as lines, subprocess.Popen(command, stderr=lines, stdout=lines) as server:
        try:
            aws.setenv("AWS_ENDPOINT_URL", _address(log, server))
            yield folder / "trails"
            assert server.poll() is None, f"rclone has ended: {log.read_text()[-2000:]}"
        finally:
            server.terminate()


def _address(log: Path, server: subprocess.Popen[bytes]) -> str:
    for _ in range(600):
        found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text())
        if found:
            return found[0]
        assert server.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError(log.read_text())


def fill(folder: Path, count: int) -> None:
    """Deliver into a served folder."""
    for number in range(count):
        at = DAY - timedelta(minutes=3 * number)
        files = {trail_key(at, (ACCOUNT, OTHER)[number % 2]): trail(number)}
        if number % 10 == 0:
            files[config_key(at)] = history(number)
        for key, content in files.items():
            (folder / key).parent.mkdir(parents=True, exist_ok=True)
            (folder / key).write_bytes(content)


def test_thousands_of_objects_by_several_workers(rclone: Path, root: Path, tmp_path: Path) -> None:
    fill(rclone, 2000)
    request = job.Request(root, ("s3://trails",), workers=2)
    assert job.run(request, clock=lambda: DAY).landed == 2200
    local = tmp_path / "local"
    ingest(local, rclone)
    as_local = [row.replace("s3://trails/", f"{rclone}/") for row in contents(root)]
    assert as_local == contents(local)
    fill(rclone, 2010)
    assert job.run(request, clock=lambda: DAY).new == 0
    whole = job.Request(root, ("s3://trails",), list_whole=True)
    assert job.run(whole, clock=lambda: DAY).new == 11


def test_workers_have_the_credentials_of_now(
    rclone: Path, root: Path, tmp_path: Path, aws: pytest.MonkeyPatch
) -> None:
    fill(rclone, 30)
    secret = os.environ["AWS_SECRET_ACCESS_KEY"]
    aws.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    forkserver._forkserver._stop()  # the next one starts with the wrong secret
    job.run(job.Request(tmp_path / "local", (str(rclone),), workers=2), clock=lambda: DAY)
    aws.setenv("AWS_SECRET_ACCESS_KEY", secret)
    request = job.Request(root, ("s3://trails",), workers=2)
    assert job.run(request, clock=lambda: DAY).landed == 33


def test_odd_names_and_wrong_secrets(
    rclone: Path, tarn: Tarn, root: Path, aws: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(["a b+c.json", "100%25.json", "größe & mehr.json"]):
        (rclone / name).write_bytes(trail(number))
    assert tarn("ingest", "s3://trails/100%25.json").exit_code == 0
    assert tarn("ingest", "s3://trails/").exit_code == 0
    assert len(landed(root)) == 3
    aws.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    endpoint = os.environ["AWS_ENDPOINT_URL"]
    done = tarn("ingest", "s3://trails", "--endpoint-url", endpoint)
    assert done.exit_code == 1
    assert "The secret access key is not the one" in done.output
