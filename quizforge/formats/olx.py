"""Open edX OLX: how its problems spell texts and answers, as the capa grader reads them.

Source: ``xblocks-contrib`` 0.13.1, ``problem/capa``: ``capa_problem.py``, ``inputtypes.py``, ``responsetypes.py``,
``util.py``.
"""

from __future__ import annotations

import re
from typing import Final

CONTEXT_NAMES: Final = ("anonymous_student_id", "extra_files", "python_path", "script_code", "seed")
"""Names that capa replaces behind a dollar sign wherever they stand in a problem (``util.contextualize_text``)."""

OR: Final = "_or_"
"""Parts alternatives in ``stringresponse``'s ``answer``, in any case, as before 2015 (``setup_response_backward``)."""

_VARIABLE = re.compile(rf"\$(?={'|'.join(CONTEXT_NAMES)})")
_WORD_JOINER = "\N{WORD JOINER}"
_WIDTHLESS = "\N{ZERO WIDTH SPACE}"
_WILDCARD = re.compile(r"\\\*|\*")


def inert_html(html: str) -> str:
    """HTML in which capa finds no variable of its own."""
    return _VARIABLE.sub("$<span></span>", html) if "$" in html else html


def has_variable(text: str) -> bool:
    """Whether capa would replace a part of the text."""
    return _VARIABLE.search(text) is not None


def option_text(text: str) -> str:
    """A plain text as an option of a drop-down list.

    ``OptionInput.parse_options`` splits the options with a shell lexer whose quotes are apostrophes: one inside
    becomes a typographic one, and a closing backslash gets a character without width behind it.
    """
    text = " ".join(text.split()).replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    if text.endswith("\\"):
        text += _WIDTHLESS
    return _VARIABLE.sub(f"${_WORD_JOINER}", text) if "$" in text else text


def needs_pattern(answer: str) -> bool:
    r"""Whether an accepted text, with ``*`` for anything and ``\*`` for a star, can only be written as a pattern."""
    return "*" in answer or OR in answer.lower() or has_variable(answer)


def literal(answer: str) -> str:
    """An accepted text without a wildcard, as it is typed."""
    return answer.strip()


def pattern(answer: str) -> str:
    """An accepted text as a regular expression.

    capa joins patterns with ``|`` between ``^`` and ``$``, so that each has to bring its own ends.
    """
    parts, at = [], 0
    answer = answer.strip()
    for star in _WILDCARD.finditer(answer):
        parts += [_escaped(answer[at : star.start()]), ".*" if star[0] == "*" else r"\*"]
        at = star.end()
    return f"^(?:{''.join(parts)}{_escaped(answer[at:])})$"


def _escaped(text: str) -> str:
    """``re.escape``, blanks as they are, ``$`` and ``_`` in brackets where capa would read more into them."""
    escaped = re.escape(text).replace(r"\$", "[$]").replace(r"\ ", " ")
    return re.sub(OR, "[_]or_", escaped, flags=re.IGNORECASE) if OR in text.lower() else escaped
