"""Every recorded change of a model or macro turns the test red that is named beside it."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from building import REPOSITORY
from workshop import Workshop, open_workshop

pytestmark = pytest.mark.xdist_group("mutations")


@dataclass(frozen=True, slots=True)
class Mutation:
    """A small change, and the dbt test that must fail with it."""

    name: str
    file: str
    find: str
    replace: str
    killed_by: str
    why: str
    builds: tuple[str, ...] = ()
    lake: str = "whole"
    full_refresh: bool = False
    ends: str = "fail"

    def apply(self, text: str) -> str:
        """The changed text; white space in `find` stands for any white space."""
        pattern = r"\s+".join(re.escape(word) for word in self.find.split())
        changed, count = re.subn(pattern, lambda _: self.replace, text)
        assert count == 1, f"{self.file} holds {self.find!r} {count} times"
        return changed

    @property
    def command(self) -> tuple[str, ...]:
        """The dbt command that runs the named test and, before it, the models it looks at."""
        if not self.builds:
            return ("test", "--select", self.killed_by)
        refresh = ("--full-refresh",) if self.full_refresh else ()
        alone = ("--indirect-selection", "empty")
        return ("build", *refresh, *alone, "--select", self.killed_by, *self.builds)


MUTATIONS = [
    Mutation(**{**entry, "builds": tuple(entry.get("builds", ()))})
    for entry in yaml.safe_load(
        (REPOSITORY / "tests" / "project" / "mutations.yml").read_text(encoding="utf-8")
    )["mutations"]
]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Workshop:
    """A project and lakes in which every named test passes."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    workshop = open_workshop(shared, tmp_path_factory.mktemp("mutations") / "project")
    killers = {mutation.killed_by for mutation in MUTATIONS}
    assert workshop.statuses("test", "--select", *killers) == dict.fromkeys(killers, "pass")
    halved = [mutation for mutation in MUTATIONS if mutation.lake == "halved"]
    builds = {model for mutation in halved for model in mutation.builds}
    killers = {mutation.killed_by for mutation in halved}
    workshop.take_lake("halved")
    statuses = workshop.statuses(
        *("build", "--indirect-selection", "empty", "--select", *builds, *killers)
    )
    assert statuses == dict.fromkeys(builds, "success") | dict.fromkeys(killers, "pass")
    workshop.take_lake("whole")
    _parsed(workshop).rename(_parsed(workshop).with_suffix(".kept"))
    return workshop


@contextmanager
def changed(workshop: Workshop, mutation: Mutation) -> Iterator[None]:
    """The mutation in place; afterwards the file and, where it was built, the lake as before."""
    path = workshop.folder / mutation.file
    text = path.read_text(encoding="utf-8")
    path.write_text(mutation.apply(text), encoding="utf-8")
    # What dbt parsed of the unchanged project: it parses anew what the change reaches, and no more.
    shutil.copy(_parsed(workshop).with_suffix(".kept"), _parsed(workshop))
    if mutation.lake != "whole":
        workshop.take_lake(mutation.lake)
    try:
        yield
    finally:
        path.write_text(text, encoding="utf-8")
        if mutation.builds:
            workshop.take_lake("whole")


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_the_named_test_goes_red(workshop: Workshop, mutation: Mutation) -> None:
    with changed(workshop, mutation):
        statuses = workshop.statuses(*mutation.command)
    built = dict.fromkeys(mutation.builds, "success")
    assert statuses == built | {mutation.killed_by: mutation.ends}, mutation.why


def test_every_mutation_has_a_name_of_its_own() -> None:
    names = [mutation.name for mutation in MUTATIONS]
    assert sorted(set(names)) == sorted(names)


def _parsed(workshop: Workshop) -> Path:
    return workshop.folder / "target" / "partial_parse.msgpack"
