"""Identifiers in the forms AWS uses, all from one seeded source.

None of them is a real key: access key ids end in EXAMPLE, as in AWS's documents.
"""

from __future__ import annotations

import hashlib
import string
from random import Random

_UPPER = string.ascii_uppercase + "234567"
_MIXED = string.ascii_letters + string.digits


class Ids:
    """Draws identifiers from a generator of its own."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def uuid(self) -> str:
        """A version 4 UUID."""
        digits = f"{self._random.getrandbits(128):032x}"
        variant = "89ab"[int(digits[16], 16) & 3]
        return (
            f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
        )

    def hexadecimal(self, length: int) -> str:
        """`length` lower-case hexadecimal digits."""
        return f"{self._random.getrandbits(4 * length):0{length}x}"

    def upper(self, length: int) -> str:
        """`length` characters as in a request id of S3 or an id of IAM."""
        bits = self._random.getrandbits(5 * length)
        return "".join(_UPPER[(bits >> (5 * place)) & 31] for place in range(length))

    def mixed(self, length: int) -> str:
        """`length` letters and digits, as at the end of a log file's name."""
        return "".join(self._random.choices(_MIXED, k=length))


def stable(prefix: str, length: int, *parts: object) -> str:
    """An id that depends on its parts alone, not on what was drawn before it."""
    digest = hashlib.sha256("/".join(map(str, parts)).encode()).digest()
    return prefix + "".join(_UPPER[byte & 31] for byte in digest[:length])


def stable_hex(length: int, *parts: object) -> str:
    """Hexadecimal digits that depend on the parts alone."""
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()[:length]


def access_key_id(prefix: str, *parts: object) -> str:
    """AKIA… or ASIA…, twenty characters, recognizable as an example."""
    return stable(prefix, 9, "access-key", prefix, *parts) + "EXAMPLE"
