"""Which event data store a table's name stands for: a name, an id or a placeholder."""

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Final

EVENTS: Final = "cloudtrail_events"
ITEMS: Final = "configuration_items"
KINDS: Final = {EVENTS: "CloudTrail events", ITEMS: "configuration items"}

# What AWS's samples and documents write where a store's id belongs: $EDS_ID, <EDS ID>,
# <event-data-store-ID>, config_event_data_store_ID, eds1, …
_PLACEHOLDER: Final = re.compile(
    r"[$<{ ]*(?:\w+?[_ -])??(?:eds|event[_ -]?data[_ -]?store|store)(?:[_ -]?ids?)?"
    r"[_ -]?(?:\w|\d+)?[>} ]*",
    re.IGNORECASE,
)
_OF_ITEMS: Final = re.compile(r"config|item", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Store:
    """An event data store: its name, what it holds, and its id."""

    name: str
    category: str
    store_id: str


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores of a lake, and which of them the user chose for placeholders."""

    known: tuple[Store, ...]
    chosen: Mapping[str, str] = field(default_factory=dict)

    def find(self, name: str) -> Store:
        """The store that a table's name stands for. Raises LookupError with the remedy."""
        found = self._named(name)
        if len(found) > 1:
            raise LookupError(
                f"There are two stores {name}, of events and of items: write the id of one, "
                + " or ".join(f'"{store.store_id}" ({KINDS[store.category]})' for store in found)
                + "."
            )
        if found:
            return found[0]
        if is_placeholder(name):
            return self._placed(name)
        near = get_close_matches(name.lower(), [store.name for store in self.known], n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are: {self._list(self.known)}."
        raise LookupError(f"There is no event data store {name}: {hint}")

    def _named(self, name: str) -> list[Store]:
        wanted = name.lower()
        return [one for one in self.known if wanted in (one.name.lower(), one.store_id.lower())]

    def _placed(self, name: str) -> Store:
        bare = _bare(name)
        if bare in self.chosen:
            found = self._named(self.chosen[bare])
            if len(found) == 1:
                return found[0]
            raise LookupError(
                f"There is no one store {self.chosen[bare]} to stand for {name}; there are: "
                f"{self._list(self.known)}."
            )
        if "insight" in name.lower():
            raise LookupError(f"{name}: Insights have no store here: see `tarn queries insights`.")
        category = ITEMS if _OF_ITEMS.search(name) else EVENTS
        fitting = [store for store in self.known if store.category == category]
        if len(fitting) == 1:
            return fitting[0]
        raise LookupError(
            f"{name} may be any of {len(fitting)} stores of {KINDS[category]}: choose one by "
            f"-p {bare}=NAME. There are: {self._list(fitting)}."
        )

    def _list(self, stores: Iterable[Store]) -> str:
        return ", ".join(sorted(store.name for store in stores)) or "none"


def is_placeholder(name: str) -> bool:
    """Whether a table's name is one of those that stand for a store's id in samples."""
    return _PLACEHOLDER.fullmatch(name) is not None


def _bare(name: str) -> str:
    return re.sub(r"\W+", "_", name.strip("$<>{} ")).lower()


def stores_of(root: Path, chosen: Mapping[str, str | Sequence[str]] | None = None) -> Stores:
    """The stores that the manifest of a lake knows. Raises what `Manifest.read` raises."""
    known = tuple(Store(*row) for row in _rows(root) if row[1] in KINDS)
    single = {name: value for name, value in (chosen or {}).items() if isinstance(value, str)}
    names = {_bare(name): value for name, value in single.items()}
    return Stores(known, names)


def _rows(root: Path) -> list[tuple[str, str, str]]:
    """The rows of the manifest's stores: read by SQLite alone, which is quick, or with words about
    what is wrong by what knows manifests."""
    path = root / "manifest.sqlite"
    query = "select name, category, store_id from stores order by name, category"
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()
    except sqlite3.Error:
        from ingest.landing.manifest import Manifest

        manifest = Manifest.read(root)
        if manifest is None:
            return []
        try:
            return [tuple(row) for row in manifest.query(query)]
        finally:
            manifest.close()
