"""Functions of numbers and bits, and those that any type goes with."""

from typing import Final

_ONE = "double -> double : {name}({{0}})"
NUMBERS: Final[dict[str, tuple[str, ...]]] = {
    "mod": (
        "integer integer -> integer : lake_modulo({0}, {1}, {at})",
        "bigint bigint -> bigint : lake_modulo({0}, {1}, {at})",
        "double double -> double : fmod({0}, {1})",
    ),
    "power": ("double double -> double : power({0}, {1})",),
    "log": ("double double -> double : (lake_ln({1}) / lake_ln({0}))",),
    "pi": ("-> double : pi()",),
    "e": ("-> double : exp(1)",),
    "nan": ("-> double : cast('nan' as double)",),
    "infinity": ("-> double : cast('inf' as double)",),
    "is_nan": ("double -> boolean : isnan({0})",),
    "is_finite": ("double -> boolean : isfinite({0})",),
    "is_infinite": ("double -> boolean : isinf({0})",),
    "atan2": ("double double -> double : atan2({0}, {1})",),
    "width_bucket": (
        "double double double bigint -> bigint : lake_width_bucket({0}, {1}, {2}, {3}, {at})",
        "double array(double) -> bigint : "
        "cast(len(list_filter({1}, lambda e: e <= {0})) as bigint)",
    ),
    "from_base": ("varchar bigint -> bigint : lake_from_base({0}, {1}, {at})",),
    "to_base": ("bigint bigint -> varchar : lower(to_base({0}, cast({1} as integer)))",),
    "bitwise_and": ("bigint bigint -> bigint : ({0} & {1})",),
    "bitwise_or": ("bigint bigint -> bigint : ({0} | {1})",),
    "bitwise_xor": ("bigint bigint -> bigint : xor({0}, {1})",),
    "bitwise_not": ("bigint -> bigint : (~{0})",),
    "random": ("-> double : random()",),
    **{name: (_ONE.format(name=name),) for name in ("cbrt", "exp", "atan", "degrees", "radians")},
    **{
        name: (_ONE.format(name=f"lake_{name}"),)
        for name in ("sqrt", "ln", "log10", "log2", "sin", "cos", "tan", "asin", "acos")
    },
}
NUMBERS["pow"] = NUMBERS["power"]
NUMBERS["rand"] = NUMBERS["random"]
