"""JSON functions with a grammar of their own that sqlglot's Trino does not read."""

from sqlglot import exp
from sqlglot.parsers.trino import TrinoParser


class JsonParser(TrinoParser):
    """Reads JSON_EXISTS, JSON_OBJECT and JSON_ARRAY as Trino has them."""

    def read_exists(self) -> exp.Expr:
        """JSON_EXISTS(text, path [TRUE | FALSE | UNKNOWN | ERROR ON ERROR])."""
        value = self._parse_format_json(self._parse_bitwise())
        self._match_text_seq(",")
        path = self._parse_bitwise()
        error = self._parse_on_handling("ERROR", "TRUE", "FALSE", "UNKNOWN", "ERROR")
        condition = exp.OnCondition(error=error) if error else None
        return self.expression(exp.JSONExists(this=value, path=path, on_condition=condition))

    def read_object(self) -> exp.Expr:
        """JSON_OBJECT(key : value, … [… ON NULL] [WITH UNIQUE KEYS] [RETURNING type])."""
        members = self._parse_csv(self._member)
        nulls = self._parse_on_handling("NULL", "NULL", "ABSENT")
        unique = None
        for word, is_unique in (("WITH", True), ("WITHOUT", False)):
            if self._match_text_seq(word, "UNIQUE"):
                unique = is_unique
                self._match_text_seq("KEYS")
        return self.expression(
            exp.JSONObject(
                expressions=members,
                null_handling=nulls,
                unique_keys=unique,
                return_type=self._returning(),
            )
        )

    def _member(self) -> exp.Expr | None:
        if self._match_text_seq("KEY", advance=False) and self._next and self._next.text != ":":
            self._match_text_seq("KEY")
        key = self._parse_bitwise()
        if key is None:
            return None
        if not self._match_text_seq(":") and not self._match_text_seq("VALUE"):
            self.raise_error("Expecting :")
        value = self._parse_format_json(self._parse_bitwise())
        return self.expression(exp.JSONKeyValue(this=key, expression=value))

    def read_array(self) -> exp.Expr:
        """JSON_ARRAY(value, … [… ON NULL] [RETURNING type])."""
        values: list[exp.Expr] = []
        nulls = self._parse_on_handling("NULL", "NULL", "ABSENT")
        if not nulls:
            values = self._parse_csv(lambda: self._parse_format_json(self._parse_bitwise()))
            nulls = self._parse_on_handling("NULL", "NULL", "ABSENT")
        return self.expression(
            exp.JSONArray(expressions=values, null_handling=nulls, return_type=self._returning())
        )

    def _returning(self) -> exp.Expr | None:
        return self._parse_types() if self._match_text_seq("RETURNING") else None
