"""contains(network, address): a network that is written out is known before the query runs."""

import re
from typing import Final

from sqlglot import exp

from tarn.lake_sql.functions.signatures import call
from tarn.lake_sql.functions.special import expressions, function
from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation, quoted
from tarn.lake_sql.types import BOOLEAN, IPADDRESS, VARCHAR

_CONTAINS: Final = (
    "array(T) T -> boolean : lake_contains({0}, {1})",
    "varchar ipaddress -> boolean : lake_network_contains({0}, {1}, {at})",
)
_BITS_A_BYTE: Final = 8


@function("contains", 2, 2)
def contains(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """contains(array, element) or contains(network, address)"""
    network, address = expressions(work, scope, arguments)
    if network.type == VARCHAR and network.value is not None and address.type == IPADDRESS:
        name = work.name("l")
        condition = _inside(network.value, name)
        if condition is not None:
            text = f"list_transform([{address.text}], lambda {name}: {condition})[1]"
            return Sql(text, BOOLEAN)
    return call(work, node, scope, _CONTAINS, arguments)


def _inside(network: str, address: str) -> str | None:
    """The condition that an address's text lies in a network; null if that is none."""
    import ipaddress

    if not re.fullmatch(r"[0-9a-fA-F.:]+/\d+", network):
        return None
    try:
        known = ipaddress.ip_network(network, strict=False)
    except ValueError:
        return None
    if isinstance(known, ipaddress.IPv4Network):
        return _inside_of_four(known.network_address.packed, known.prefixlen, address)
    if known.network_address.ipv4_mapped is not None:
        return None
    bits = f"{int(known.network_address):0128b}"[: known.prefixlen]
    return f"lake_ip6_begins({address}, {quoted(bits)})"


def _inside_of_four(base: bytes, length: int, address: str) -> str:
    """The same for an address of four: its whole bytes are compared as text, then the next one."""
    whole, more = divmod(length, _BITS_A_BYTE)
    if whole == len(base):
        return f"{address} = {quoted('.'.join(map(str, base)))}"
    head = "".join(f"{one}." for one in base[:whole])
    condition = f"starts_with({address}, {quoted(head)})" if head else f"strpos({address}, ':') = 0"
    if more:
        last = base[whole] + 2 ** (_BITS_A_BYTE - more) - 1
        part = f"try_cast(split_part({address}, '.', {whole + 1}) as integer)"
        condition += f" and {part} between {base[whole]} and {last}"
    return f"({condition})"
