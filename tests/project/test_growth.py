"""Which tables each build makes anew of all days' events: these alone take longer by every day."""

from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("conventions")

TOUCHED = "the calls of resources that the run judges are looked up by their keys and days"
NAMED = "the calls that changes are put down to are looked up by their keys"
ENCRYPTION = "the requests for a bucket's encryption are picked out by day"
MADE_ANEW = {
    "fct_bucket_encryption_changes": ENCRYPTION,
    "fct_resource_creations": NAMED,
    "fct_resource_deletions": NAMED,
    "int_bucket_encryption_matches": ENCRYPTION,
    "int_calls": "two columns of writes, a tenth of a second for six million",
    "int_candidate_texts": TOUCHED,
    "int_change_candidates": TOUCHED,
    "int_changes_to_follow": TOUCHED,
    "int_coverage": "events are counted by hour before",
    "int_versions_to_judge": TOUCHED,
}


def test_no_other_table_is_made_anew_of_all_events(parsed: Any) -> None:
    models = {
        node.unique_id: node for node in parsed.nodes.values() if node.resource_type == "model"
    }
    by_day = {
        id
        for id, node in models.items()
        if node.config.meta.get("category") == "cloudtrail_events"
        or node.name == "stg_cloudtrail__events"
    }

    def reads_events(id: str) -> bool:
        return any(
            parent in by_day
            or (
                parent in models
                and models[parent].config.materialized in ("view", "ephemeral")
                and reads_events(parent)
            )
            for parent in models[id].depends_on.nodes
        )

    found = {
        node.name
        for id, node in models.items()
        if node.config.materialized == "table" and reads_events(id)
    }
    assert by_day
    assert found == set(MADE_ANEW)
