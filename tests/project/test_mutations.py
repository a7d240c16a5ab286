"""Every recorded change of a model or macro turns the test red that is named beside it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import yaml
from building import REPOSITORY
from workshop import Workshop

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

    def apply(self, texts: list[str]) -> list[str]:
        """The changed texts, one of them; white space in `find` stands for any white space."""
        pattern = r"\s+".join(re.escape(word) for word in self.find.split())
        changed = [re.subn(pattern, lambda _: self.replace, text) for text in texts]
        count = sum(found for _, found in changed)
        assert count == 1, f"{self.file} holds {self.find!r} {count} times"
        return [text for text, _ in changed]

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
def changed(workshop: Workshop, mutation: Mutation) -> Iterator[None]:
    """The mutation in place; afterwards the text and, where it was built, the lake as before."""
    parts, field = _parts(workshop.parsed, mutation.file)
    before = [getattr(part, field) for part in parts]
    for part, text in zip(parts, mutation.apply(before), strict=True):
        setattr(part, field, text)
    if mutation.lake != "whole":
        workshop.take_lake(mutation.lake)
    try:
        yield
    finally:
        for part, text in zip(parts, before, strict=True):
            setattr(part, field, text)
        if mutation.builds:
            workshop.take_lake("whole")


def _parts(manifest: Any, file: str) -> tuple[list[Any], str]:
    """What dbt made of a file, and the field that holds its text: macros, or one model."""
    if file.startswith("macros/"):
        known, field = manifest.macros, "macro_sql"
    else:
        known, field = manifest.nodes, "raw_code"
    return [part for part in known.values() if part.original_file_path == file], field


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_the_named_test_goes_red(proven: Workshop, mutation: Mutation) -> None:
    with changed(proven, mutation):
        statuses = proven.statuses(*mutation.command)
    built = dict.fromkeys(mutation.builds, "success")
    assert statuses == built | {mutation.killed_by: mutation.ends}, mutation.why


def test_every_mutation_has_a_name_of_its_own() -> None:
    names = [mutation.name for mutation in MUTATIONS]
    assert sorted(set(names)) == sorted(names)
