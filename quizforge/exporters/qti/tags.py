"""Elements and rules, written under the names of one version of QTI."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from quizforge.formats.qti import SCORE, Version

_CLEAN = re.compile(r"[A-Za-z0-9 ._:/-]*\Z", re.ASCII)
_BREAKS = str.maketrans({"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})

Branch = tuple[str, str]
"""A condition and the rules that follow from it."""


def quoted(value: str) -> str:
    """A value for an attribute in double quotes; line breaks and tabs survive the reader (XML 1.0, 3.3.3)."""
    return value if _CLEAN.match(value) is not None else escape(value).translate(_BREAKS)


class Tags:
    """Writes elements by their names in QTI 2.1.

    Attributes:
        version: Whose names are written.
    """

    __slots__ = ("_attributes", "_elements", "version")

    def __init__(self, version: Version) -> None:
        self.version = version
        self._elements: dict[str, str] = {}
        self._attributes: dict[str, str] = {}

    def __call__(self, name: str, content: str = "", /, **attributes: str | None) -> str:
        """An element.

        Args:
            name: As in QTI 2.1.
            content: XML.
            attributes: By their names in QTI 2.1, ``_`` for a colon; None leaves one out.
        """
        tag = self._elements.get(name)
        if tag is None:
            tag = self._elements[name] = self.version.element(name)
        head = tag
        for key, value in attributes.items():
            if value is not None:
                head += f' {self._attributes.get(key) or self._attribute(key)}="{quoted(value)}"'
        return f"<{head}>{content}</{tag}>" if content else f"<{head}/>"

    def _attribute(self, key: str) -> str:
        name = self.version.attribute(key.replace("_", ":"))
        self._attributes[key] = name
        return name

    def variable(self, identifier: str) -> str:
        """The value of a variable."""
        return self("variable", identifier=identifier)

    def base(self, kind: str, value: str) -> str:
        """A constant.

        Args:
            kind: ``float``, ``identifier``, ``string`` ...
            value: Without blanks around it, which some players keep and others cut off.
        """
        return self("baseValue", escape(value, quote=False), baseType=kind)

    def set(self, identifier: str, expression: str) -> str:
        """A rule that sets an outcome."""
        return self("setOutcomeValue", expression, identifier=identifier) + "\n"

    def add(self, expression: str) -> str:
        """A rule that adds to the score."""
        return self.set(SCORE, self("sum", self.variable(SCORE) + expression))

    def condition(self, branches: Iterable[Branch], otherwise: str = "") -> str:
        """Rules of the first branch whose condition holds, else other rules; nothing where there is no branch."""
        written = [
            self("responseElseIf" if index else "responseIf", f"{test}\n{rules}") + "\n"
            for index, (test, rules) in enumerate(branches)
        ]
        if not written:
            return otherwise
        if otherwise:
            written.append(self("responseElse", f"\n{otherwise}") + "\n")
        return self("responseCondition", "\n" + "".join(written)) + "\n"

    def is_null(self, identifier: str) -> str:
        """Whether a variable has no value."""
        return self("isNull", self.variable(identifier))

    def answered(self, identifier: str, rules: str) -> str:
        """Rules that apply only where a response was given; players differ in what operators make of none."""
        return self.condition([(self("not", self.is_null(identifier)), rules)])

    def html(self, content: str) -> str:
        """HTML for the inside of feedback and rubric blocks."""
        return self("contentBody", content) if self.version.content_body else content
