"""The rows of a long list: the template writes one of them with named gaps, and all are filled in one call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Formatter

from django.template import Context, Node, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, TextNode, Token
from django.utils.safestring import SafeString

from hengjian.apps.ui.parts.markup import repeated


class LinesNode(Node):
    def __init__(self, rows: FilterExpression, piece: str) -> None:
        parts = list(Formatter().parse(piece))
        self.rows = rows
        self.names = [name for _, name, _, _ in parts if name is not None]
        self.piece = "".join(text + ("" if name is None else "{}") for text, name, _, _ in parts)

    def render(self, context: Context) -> SafeString:
        rows: Iterable[Mapping[str, object]] = self.rows.resolve(context)
        return repeated(self.piece, ([row[name] for name in self.names] for row in rows))


def lines(parser: Parser, token: Token) -> LinesNode:
    """``{% lines rows %}<tr><td>{name}</td></tr>{% endlines %}``: each row is a mapping; what it holds is escaped.

    Inside stands nothing but text and gaps: what differs by row (a tag, a time, a second line) is prepared by the view.
    """
    _, _, rows = token.contents.partition(" ")
    inside = parser.parse(("endlines",))
    parser.delete_first_token()
    texts = [node.s for node in inside if isinstance(node, TextNode)]
    if len(texts) != len(inside):
        raise TemplateSyntaxError("Between {% lines %} and {% endlines %} stands only text with {gaps}.")
    return LinesNode(parser.compile_filter(rows), "".join(texts))
