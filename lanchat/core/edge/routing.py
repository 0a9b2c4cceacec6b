"""Owns how the paths of routes are read."""

from typing import Any

from werkzeug.routing import IntegerConverter, Rule


class Id(IntegerConverter):
    """`<int:…>` in a path: what no id can be isn't found, and no database sees it.

    By its pattern and not by `max`, which for some methods would answer that the method isn't allowed.
    """

    regex = r"\d{1,15}"


class AnyTrailingSlash(Rule):
    """Every path answers with and without its trailing slash, and to a wrong method, too."""

    def __init__(self, string: str, **options: Any) -> None:
        options["strict_slashes"] = False
        super().__init__(string, **options)

    def compile(self) -> None:
        """Match as without its slash: only then does Werkzeug know either spelling, whatever the method."""
        written, self.rule = self.rule, self.rule.rstrip("/") or "/"
        super().compile()
        self.rule = written  # as it is documented
