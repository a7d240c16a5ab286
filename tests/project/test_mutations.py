"""Every recorded change of a model or macro turns the test red that is named beside it.

These are tests of the tests: `make mutations` runs them, and CI does beside `make test`. The
changes are in `mutations/`, a file an area: a test without an entry there is not known to work.
"""

import contextlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from building import REPOSITORY
from workshop import Workshop, open_workshop

pytestmark = pytest.mark.mutations


@dataclass(frozen=True, slots=True)
class Mutation:
    """A small change, and the dbt test that must fail with it.

    `find` stands exactly once in its file. `builds` names the models that are built, mutated,
    before a test on data is run; in the lake `halved` half of the organization was built before,
    and the other half has landed since.
    """

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

    def apply(self, texts: list[str]) -> list[str]:
        """The changed texts, one of them; white space in `find` stands for any white space."""
        pattern = r"\s+".join(re.escape(word) for word in self.find.split())
        changed = [re.subn(pattern, lambda _: self.replace, text) for text in texts]
        count = sum(found for _, found in changed)
        assert count == 1, f"{self.file} holds {self.find!r} {count} times"
        return [text for text, _ in changed]

    @property
    def command(self) -> tuple[str, ...]:
        """The dbt command that builds the models and runs the named test, which looks at them."""
        refresh = ("--full-refresh",) if self.full_refresh else ()
        alone = ("--indirect-selection", "empty")
        return ("build", *refresh, *alone, "--select", self.killed_by, *self.builds)


MUTATIONS = [
    Mutation(**{**entry, "builds": tuple(entry.get("builds", ()))})
    for path in sorted((REPOSITORY / "tests" / "project" / "mutations").glob("*.yml"))
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["mutations"]
]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory, template: Path, parsed: Any) -> Workshop:
    """A project and lakes in which every test passes; who changes it puts it back."""
    return open_workshop(tmp_path_factory.mktemp("workshop"), template, parsed)


@pytest.fixture(scope="module")
def proven(workshop: Workshop) -> Workshop:
    """The workshop, where every named test passes as long as nothing is changed."""
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
    return workshop


@contextmanager
def changed(workshop: Workshop, *mutations: Mutation) -> Iterator[None]:
    """The mutations in place; afterwards the texts and, where one was built, the lake as before."""
    with contextlib.ExitStack() as stack:
        if any(mutation.builds for mutation in mutations):
            stack.callback(workshop.take_lake, "whole")
        for mutation in mutations:
            stack.enter_context(_text_changed(workshop.parsed, mutation))
            if mutation.lake != "whole":
                workshop.take_lake(mutation.lake)
        yield


@contextmanager
def _text_changed(manifest: Any, mutation: Mutation) -> Iterator[None]:
    parts, field = _parts(manifest, mutation.file)
    before = [getattr(part, field) for part in parts]
    for part, text in zip(parts, mutation.apply(before), strict=True):
        setattr(part, field, text)
    try:
        yield
    finally:
        for part, text in zip(parts, before, strict=True):
            setattr(part, field, text)


def _parts(manifest: Any, file: str) -> tuple[list[Any], str]:
    """What dbt made of a file, and the field that holds its text: macros, or one model."""
    if file.startswith("macros/"):
        known, field = manifest.macros, "macro_sql"
    else:
        known, field = manifest.nodes, "raw_code"
    return [part for part in known.values() if part.original_file_path == file], field


def _read_by(manifest: Any, test: str) -> set[str]:
    """The files whose text decides how a test ends that looks at no table: a unit test's model,
    and every macro that one of these calls."""
    nodes = [node for node in manifest.nodes.values() if node.name == test]
    units = [unit for unit in manifest.unit_tests.values() if unit.name == test]
    nodes += [manifest.nodes[name] for unit in units for name in unit.depends_on.nodes]
    read = {node.original_file_path for node in nodes}
    waiting = [name for node in nodes for name in node.depends_on.macros]
    seen = set()
    while waiting:
        name = waiting.pop()
        if name not in seen and name in manifest.macros:
            seen.add(name)
            read.add(manifest.macros[name].original_file_path)
            waiting += manifest.macros[name].depends_on.macros
    return read


def _rounds(manifest: Any, mutations: list[Mutation]) -> list[list[Mutation]]:
    """The mutations in as few rounds as that each named test sees no other's change."""
    read = {mutation.name: _read_by(manifest, mutation.killed_by) for mutation in mutations}
    rounds: list[list[Mutation]] = []
    for mutation in mutations:
        fitting = (
            one
            for one in rounds
            if not any(
                other.killed_by == mutation.killed_by
                or other.file in read[mutation.name]
                or mutation.file in read[other.name]
                for other in one
            )
        )
        found = next(fitting, None)
        if found is None:
            rounds.append([mutation])
        else:
            found.append(mutation)
    return rounds


@pytest.fixture(scope="module")
def ended(proven: Workshop) -> dict[str, str]:
    """How the named test ended for each mutation that needs nothing built."""
    found = {}
    alone = [mutation for mutation in MUTATIONS if not mutation.builds]
    for together in _rounds(proven.parsed, alone):
        with changed(proven, *together):
            killers = [mutation.killed_by for mutation in together]
            statuses = proven.statuses("test", "--select", *killers)
        found |= {mutation.name: statuses[mutation.killed_by] for mutation in together}
    return found


@pytest.mark.parametrize(
    "mutation", [one for one in MUTATIONS if not one.builds], ids=lambda mutation: mutation.name
)
def test_the_named_test_goes_red(ended: dict[str, str], mutation: Mutation) -> None:
    assert ended[mutation.name] == mutation.ends, mutation.why


@pytest.mark.parametrize(
    "mutation", [one for one in MUTATIONS if one.builds], ids=lambda mutation: mutation.name
)
def test_the_named_test_of_what_is_built_goes_red(proven: Workshop, mutation: Mutation) -> None:
    with changed(proven, mutation):
        statuses = proven.statuses(*mutation.command)
    built = dict.fromkeys(mutation.builds, "success")
    assert statuses == built | {mutation.killed_by: mutation.ends}, mutation.why


def test_every_mutation_has_a_name_of_its_own() -> None:
    names = [mutation.name for mutation in MUTATIONS]
    assert sorted(set(names)) == sorted(names)
