"""Whether a page opens without a network."""

import re
from html.parser import HTMLParser

# What an element names is fetched by a browser that shows it; a link is only followed by a click.
_FETCHED = ("src", "srcset", "href", "data", "poster", "action", "xlink:href", "background")
_POLICY = "default-src 'none'"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.is_sealed = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "meta" and said.get("http-equiv") == "Content-Security-Policy":
            self.is_sealed = (said.get("content") or "").startswith(_POLICY)
        for name in _FETCHED:
            value = said.get(name) or ""
            if tag != "a" and value and not value.startswith(("#", "data:")):
                self.found.append(f"<{tag} {name}={value[:80]}>")


def external_references(page: str) -> list[str]:
    """Everything for which a browser would ask somebody else; also a policy that is wanting."""
    reader = _Reader()
    reader.feed(page)
    styles = re.findall(r"@import[^;]*|url\(\s*(?!['\"]?(?:data:|#))[^)]{1,80}", _styles(page))
    sealed = [] if reader.is_sealed else ["no policy that forbids requests"]
    return [*reader.found, *styles, *sealed]


def _styles(page: str) -> str:
    sheets = re.findall(r"<style[^>]*>(.*?)</style>", page, flags=re.DOTALL)
    return "\n".join([*sheets, *re.findall(r'style="([^"]*)"', page)])
