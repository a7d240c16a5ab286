"""Two folders change places in one step, so that nobody ever finds neither or both."""

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import Final

_AT_FDCWD: Final = -100
_EXCHANGE: Final = 2  # Linux's RENAME_EXCHANGE; macOS's RENAME_SWAP has the same number.
_UNKNOWN: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP})


class CannotExchangeError(Exception):
    """The system, or the file system, cannot do it."""


def exchange(one: Path, other: Path) -> None:
    """Have two folders of one file system change places. Raises CannotExchangeError and
    OSError."""
    names = os.fsencode(one), os.fsencode(other)
    library = ctypes.CDLL(None, use_errno=True)
    try:
        if sys.platform == "darwin":
            result = library.renamex_np(*names, ctypes.c_uint(_EXCHANGE))
        else:
            result = library.renameat2(
                _AT_FDCWD, names[0], _AT_FDCWD, names[1], ctypes.c_uint(_EXCHANGE)
            )
    except AttributeError:
        raise CannotExchangeError(f"{sys.platform} cannot exchange two folders") from None
    if result:
        number = ctypes.get_errno()
        if number in _UNKNOWN:
            raise CannotExchangeError(f"the file system of {one} cannot exchange two folders")
        raise OSError(number, os.strerror(number), str(one))
