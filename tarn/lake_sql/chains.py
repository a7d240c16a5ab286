"""Names with dots, as sqlglot reads them: columns of up to four parts, and dots beyond."""

from sqlglot import exp


def is_chain(node: exp.Expr) -> bool:
    """Whether an expression is nothing but names with dots between them."""
    if isinstance(node, exp.Dot):
        return isinstance(node.expression, exp.Identifier | exp.Star) and is_chain(node.this)
    return isinstance(node, exp.Column | exp.Identifier)


def chain_of(node: exp.Expr) -> list[exp.Expr]:
    """The names of a chain."""
    if isinstance(node, exp.Dot):
        return [*chain_of(node.this), node.expression]
    return list(node.parts) if isinstance(node, exp.Column) else [node]
