"""The models over real logs, read where they lie."""

import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow.dataset
import pytest
from building import copy_project, made_once, shared_data
from click.testing import Result

from ingest.landing.rebuild import original
from ingest.landing.schema import CLOUDTRAIL_EVENTS
from tarn.build import ON_DATA, working_in
from tarn.lake import open_lake
from tarn.project import Project

pytestmark = pytest.mark.xdist_group("shared_data")


@pytest.fixture(scope="module")
def real(
    shared_folder: Path, template: Path, run_tarn: Callable[..., Result], dbt: Callable[..., None]
) -> Project:
    """All of the real logs in one lake."""
    folder = shared_folder / "real"
    project = Project(folder / "project", folder / "project" / "lake")
    with made_once(folder) as done:
        if not done:
            copy_project(project.folder, template)
            for source in ("cloudtrail/invictus", "cloudtrail/umccr", "cloudtrail/stratus"):
                landed = run_tarn(
                    project, "ingest", str(shared_data(source)), "--store", source[11:]
                )
                assert landed.exit_code in (0, 3), landed.output
            landed = run_tarn(project, "ingest", str(shared_data("config")))
            assert landed.exit_code == 3, landed.output
            dbt(project, "build", *ON_DATA)
    return project


def count(project: Project, sql: str) -> int:
    with working_in(project), open_lake(project.root) as lake:
        row = lake.execute(f"select count(*) {sql}").fetchone()
    assert row is not None
    return int(row[0])


def test_invictus_has_480_successful_writes_among_2900_events(real: Project) -> None:
    events = "from eds_cloudtrail_events where _store = 'invictus'"
    assert count(real, events) == 2900
    assert count(real, f"{events} and not readonly and errorcode is null") == 480


def test_creates_and_deletes_of_buckets_are_found_without_resources(real: Project) -> None:
    events = "from eds_cloudtrail_events where _store = 'invictus' and eventname"
    assert count(real, f"{events} = 'CreateBucket'") == 5
    assert count(real, f"{events} = 'CreateBucket' and resources is not null") == 0
    assert count(real, f"{events} = 'DeleteBucket'") == 8
    assert count(real, f"{events} = 'DeleteBucket' and errorcode is not null") == 3


def test_umccr_has_every_version_and_its_addendum_is_no_event_of_its_own(real: Project) -> None:
    with open_lake(real.root) as lake:
        versions = lake.execute(
            "select distinct eventversion from eds_cloudtrail_events where _store = 'umccr'"
        ).fetchall()
    assert {row[0] for row in versions} >= {
        *("1.0", "1.01", "1.02", "1.03", "1.04", "1.05", "1.06", "1.07", "1.08", "1.09"),
        *("1.10", "1.11"),
    }
    assert count(real, "from staging.stg_cloudtrail__events where _store = 'umccr'") == 206


def test_config_items_of_both_dialects_are_one_schema(real: Project) -> None:
    items = "from eds_configuration_items where eventdata.resourcetype = 'AWS::S3::Bucket'"
    missing = (
        "eventdata.accountid is null or eventdata.resourceid is null or eventtime is null "
        "or eventdata.configuration is null"
    )
    assert count(real, items) > 5
    assert count(real, f"{items} and ({missing})") == 0


def test_a_real_security_group_that_config_repeated_has_not_changed(real: Project) -> None:
    versions = "from intermediate.int_configuration_versions where resource_id = 'sg-a38ed1de'"
    assert count(real, f"{versions} and items_count = 2") == 1
    assert count(real, versions) == 1
    assert count(real, "from fct_configuration_changes where resource_id = 'sg-a38ed1de'") == 0


def test_real_changes_of_a_bucket_are_told_property_by_property(real: Project) -> None:
    with open_lake(real.root) as lake:
        changes = lake.execute(
            "select strftime(captured_at, '%m-%d'), change_kind, match_kind, actor_arn "
            "from fct_configuration_changes where resource_id = 'testing-99' order by captured_at"
        ).fetchall()
        found = lake.execute(
            "select strftime(captured_at, '%m-%d'), property_path, difference, "
            "case when length(coalesce(value_before, '')) < 30 then value_before end, "
            "case when length(coalesce(value_after, '')) < 30 then value_after end "
            "from fct_configuration_property_changes "
            "where resource_id = 'testing-99' and property_path like '%status' "
            "or property_path like '%predicate.%' or property_path like '%Marker' "
            "or property_path in ('BucketWebsiteConfiguration', 'BucketReplicationConfiguration')"
        ).fetchall()
    # Nobody has the logs of these days: who did it is not known, and not nobody.
    assert changes == [(day, "modified", "no_logs", None) for day in ("08-11", "08-12", "08-13")]
    rule = "BucketLifecycleConfiguration.rules[id=Docs]"
    assert sorted(found, key=str) == sorted(
        [
            ("08-11", "BucketVersioningConfiguration.status", "changed", '"Off"', '"Enabled"'),
            ("08-11", "BucketWebsiteConfiguration", "removed", None, None),
            ("08-11", "BucketReplicationConfiguration", "added", None, None),
            ("08-12", "BucketReplicationConfiguration", "removed", None, None),
            (
                "08-12",
                "BucketVersioningConfiguration.status",
                "changed",
                '"Enabled"',
                '"Suspended"',
            ),
            ("08-13", f"{rule}.expiredObjectDeleteMarker", "changed", "true", "false"),
            ("08-13", f"{rule}.filter.predicate.operands", "added", None, None),
            ("08-13", f"{rule}.filter.predicate.prefix", "removed", '"docs/"', None),
            (
                "08-13",
                f"{rule}.filter.predicate.type",
                "changed",
                '"LifecyclePrefixPredicate"',
                '"LifecycleAndOperator"',
            ),
        ],
        key=str,
    )


def test_the_record_rebuilt_in_sql_is_the_record_rebuilt_in_python(real: Project) -> None:
    files = sorted((real.root / "landing" / "cloudtrail_events").rglob("*.parquet"))
    landed = pyarrow.dataset.dataset(files).to_table().to_pylist()
    sent = Counter(json.dumps(original(row, CLOUDTRAIL_EVENTS), sort_keys=True) for row in landed)
    with open_lake(real.root) as lake:
        rebuilt = Counter(
            json.dumps(json.loads(row[0]), sort_keys=True)
            for row in lake.execute("select eventjson from eds_cloudtrail_events").fetchall()
        )
    assert rebuilt.total() > 3400
    assert rebuilt - sent == Counter()


def test_a_reader_needs_no_more_than_what_connect_prints(
    real: Project, run_tarn: Callable[..., Result], tmp_path: Path
) -> None:
    script = run_tarn(real, "connect").stdout
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        with duckdb.connect() as client:
            client.execute(script)
            assert client.execute("select count(*) from dim_resources").fetchone() != (0,)
            with pytest.raises(duckdb.Error, match=r"read-only|read only"):
                client.execute("create table t as select 1")
    finally:
        os.chdir(before)
