"""How much one worker may hold, and where a file is taken for a bomb."""

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds in bytes, unless said otherwise. The defaults fit half a gigabyte a worker.

    CloudTrail log files are at most 50 MB uncompressed (User Guide, "CloudTrail log file
    examples"), one configuration item a few; Config snapshots of 15 GB have been seen.
    """

    whole_object: int = 64 * MEBIBYTE
    """An object that inflates to no more than this is read whole, a larger one streamed."""

    inflated: int = 256 * 1024 * MEBIBYTE
    """An object that inflates to more than this is not read."""

    ratio: int = 250
    """A streamed object that inflates to more than this many times its size is not read."""

    record: int = 32 * MEBIBYTE
    """A single record longer than this is set aside."""

    kept_record: int = MEBIBYTE
    """So much of a broken record is kept in quarantine."""

    kept_object: int = 8 * MEBIBYTE
    """An object that fails as a whole is copied into quarantine if it is no larger."""

    kept_batch: int = 64 * MEBIBYTE
    """So much may the quarantine keep for one batch."""

    chunk_records: int = 2048
    """Records that are turned into columns at once."""

    chunk_bytes: int = 16 * MEBIBYTE
    """Bytes of JSON that are turned into columns at once."""

    row_group: int = 48 * MEBIBYTE
    """Bytes of columns in one row group."""

    pending: int = 96 * MEBIBYTE
    """Bytes of columns that wait to be written, over all days."""

    file: int = 512 * MEBIBYTE
    """Bytes of columns in one landed file."""

    merged_file: int = 256 * MEBIBYTE
    """A landed file of this size on disk is merged no more."""

    merged_batch: int = 1024 * MEBIBYTE
    """Bytes of files that one compaction merges before it puts them in place."""
