"""Pages that open without a network: sealed, so that a browser asks for nothing from outside."""

import os
import re
from pathlib import Path
from typing import Final

# A browser that reads this fetches nothing but what stands in the page itself.
_POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
)
_HEAD: Final = re.compile(r"<head(?:\s[^>]*)?>", re.IGNORECASE)


def sealed(page: str) -> str:
    """The page with a policy at its head that forbids every request.

    Raises ValueError where there is no head to put it in.
    """
    head = _HEAD.search(page)
    if head is None:
        raise ValueError("the page has no head")
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    return f"{page[: head.end()]}{policy}{page[head.end() :]}"


def write_page(path: Path, page: str) -> None:
    """Put a page in place whole, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.touch(mode=0o600)
    aside.write_text(page, encoding="utf-8")
    aside.replace(path)
