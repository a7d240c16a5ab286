"""Models that are not planned where another is empty have no rows then."""

from typing import Any

import pytest
from building import REPOSITORY

from tarn.build import working_in
from tarn.lake import open_lake
from tarn.project import Project

pytestmark = pytest.mark.xdist_group("conventions")


def test_a_model_has_nothing_without_what_it_says(built: Project, parsed: Any) -> None:
    said = {
        node.name: (node, node.config.meta["nothing_without"])
        for node in parsed.nodes.values()
        if node.resource_type == "model" and "nothing_without" in node.config.meta
    }
    compiled = built.folder / "target" / "compiled" / "tarn"
    with working_in(built), open_lake(built.root) as lake:
        for name, (node, needed) in said.items():
            relation = parsed.nodes[f"model.tarn.{needed}"].relation_name
            sql = (compiled / node.original_file_path).read_text(encoding="utf-8")
            assert relation in sql, f"{name} does not read {needed}"
            without = sql.replace(relation, f"(select * from {relation} where false)")
            found = lake.execute(f"select count(*) from (\n{without}\n)").fetchone()
            assert found == (0,), f"{name} has rows without {needed}"
    sources = (REPOSITORY / "models").rglob("*.sql")
    assert len(said) == sum("'nothing_without'" in path.read_text("utf-8") for path in sources)
