"""What stops a run: each error is one sentence with its remedy, and carries the address."""

from pathlib import Path


class IngestError(Exception):
    """Something that stops the run. `address` is the file, folder or option that failed."""

    def __init__(self, address: str | Path, sentence: str) -> None:
        super().__init__(sentence)
        self.address = str(address)


class WrongUseError(IngestError):
    """What was asked for cannot be done as it was asked."""


class LockedError(IngestError):
    """Another run holds the lake."""


class NewerLakeError(IngestError):
    """The lake was made by a newer Tarn."""


class DamagedManifestError(IngestError):
    """The manifest cannot be read, or is gone while landed files are there."""


class DamagedFileError(IngestError):
    """A landed file that is needed cannot be read, or is gone."""


class LakeWriteError(IngestError):
    """The lake cannot be written: no room, no permission, no such device."""


class InterruptedRunError(IngestError):
    """A worker was killed from outside."""


class SourceError(IngestError):
    """A source cannot be read, as a whole. `passing` says that it may pass by itself."""

    def __init__(self, address: str | Path, sentence: str, *, passing: bool = False) -> None:
        super().__init__(address, sentence)
        self.passing = passing
