"""A JSON object taken apart at its top level, every value as the compact text that came.

The fast way is msgspec's. It refuses what Python's reader and AWS allow, a lone surrogate in a
text (`"\\ud800"`), so such a record goes a slower way of our own.
"""

import json
import re
from collections.abc import Callable, Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, Final

import msgspec

_members: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_elements: Final = msgspec.json.Decoder(list[msgspec.Raw])
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_TOKENS: Final = re.compile(rb'("(?:[^"\\]|\\.)*")|[ \t\n\r]+', re.DOTALL)
# Where a writer puts spaces, there are some of these.
SPACED: Final = (b"\n", b'": ', b', "', b'" :', b'{ "', b"\t", b"\r")
_BACKSLASH: Final = ord("\\")


class NotJsonError(ValueError):
    """A text is no JSON, or not of the type asked for."""


def _refuse(constant: str) -> Any:
    raise NotJsonError(f"{constant} is no JSON")


def _as_text(number: str) -> str:
    """Numbers stay text: Python refuses to read 5,000 digits, and nobody needs them as one."""
    return number


# Reads latin-1 text, so that an offset in the text is an offset in bytes.
raw_decode: Final[Callable[[str, int], tuple[Any, int]]] = json.JSONDecoder(
    parse_constant=_refuse, parse_int=_as_text, parse_float=_as_text
).raw_decode


def occurs(sign: bytes, raw: bytes) -> bool:
    """Whether a sign of spacing occurs, and not just within JSON that is itself in a text, where
    every quote follows a backslash."""
    found = raw.find(sign)
    while found > 0 and raw[found - 1] == _BACKSLASH:
        found = raw.find(sign, found + 1)
    return found >= 0


def compact(raw: bytes) -> bytes:
    """JSON without spaces between tokens; texts and numbers stay as they came."""
    if not any(occurs(sign, raw) for sign in SPACED):
        return raw
    try:
        return msgspec.json.format(raw, indent=-1)
    except (msgspec.DecodeError, RecursionError):
        return _TOKENS.sub(rb"\1", raw)


def members(raw: bytes) -> dict[str, str]:
    """The members of an object, by key, of twice the same key the last; compact text in,
    compact text out.

    Raises NotJsonError if it is no object, UnicodeDecodeError if it is no UTF-8 and
    RecursionError if it is nested too deeply.
    """
    try:
        return {key: bytes(value).decode() for key, value in _members.decode(raw).items()}
    except msgspec.ValidationError as error:
        raise NotJsonError(str(error)) from None
    except msgspec.DecodeError:
        return {_key(key): value.decode() for key, value in _slow_members(raw)}


def elements(raw: bytes) -> list[bytes]:
    """The elements of an array, as compact text. Raises as `members` does."""
    try:
        return [bytes(value) for value in _elements.decode(raw)]
    except msgspec.ValidationError as error:
        raise NotJsonError(str(error)) from None
    except msgspec.DecodeError:
        return list(_slow_elements(raw))


def _key(text: bytes) -> str:
    return str(json.loads(text))


def _slow_members(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    text = raw.decode("latin-1")
    position = _expect(text, 0, "{")
    if text[position : position + 1] == "}":
        return
    while True:
        start = _expect(text, position, '"')
        try:
            _, after = scanstring(text, start, True)
        except ValueError as error:
            raise NotJsonError(str(error)) from None
        value = _expect(text, after, ":")
        _, end = _decode(text, value)
        yield raw[start - 1 : after], raw[value:end]
        if text[_skip(text, end) : _skip(text, end) + 1] == "}":
            return
        position = _expect(text, end, ",")


def _slow_elements(raw: bytes) -> Iterator[bytes]:
    text = raw.decode("latin-1")
    position = _expect(text, 0, "[")
    if text[position : position + 1] == "]":
        return
    while True:
        _, end = _decode(text, position)
        yield raw[position:end]
        if text[_skip(text, end) : _skip(text, end) + 1] == "]":
            return
        position = _expect(text, end, ",")


def _decode(text: str, position: int) -> tuple[Any, int]:
    try:
        return raw_decode(text, position)
    except ValueError as error:
        raise NotJsonError(str(error)) from None


def _skip(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _expect(text: str, position: int, token: str) -> int:
    """The place after a token and the spaces around it."""
    position = _skip(text, position)
    if text[position : position + 1] != token:
        raise NotJsonError(f"{token} expected at byte {position}")
    # Inside quotes a space counts.
    return position + 1 if token == '"' else _skip(text, position + 1)
