"""The tags of a text: ``<< … >>`` and ``<% … %>``, read by Jinja2, with their places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from quizforge.generation.tokens import BadSyntaxError, Span

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

MAX_TAG = 300
MAX_TAGS = 200
_COMPUTE = "compute it under 'compute:' and show its name"


class BadTemplateError(BadSyntaxError):
    """A text does more than show values and choose between texts."""


@dataclass(frozen=True, slots=True)
class Tag:
    """``<< … >>`` or ``<% … %>``.

    Attributes:
        kind: ``variable`` or ``block``.
        words: The tokens between the delimiters without blanks: text and span.
        span: From the first sign of the opening to behind the last of the closing.
    """

    kind: str
    words: tuple[tuple[str, Span], ...]
    span: Span

    def where(self, word: str) -> Span:
        """The first place of a word; the whole tag where it does not stand there."""
        return next((span for text, span in self.words if text == word), self.span)


@cache
def _environment() -> Environment:
    from jinja2 import Environment

    return Environment(
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="\0#",  # no text can hold it, so there are no comments that swallow text
        comment_end_string="#\0",
        keep_trailing_newline=True,
        autoescape=False,  # what is made is Markdown, which is checked and escaped as that  # noqa: S701
    )


def tags_of(text: str) -> list[Tag]:
    """The tags of a text in order. Jinja2's tokens know their lines only, so their offsets are counted here.

    Raises:
        BadTemplateError: A tag cannot be read, is too long, or one of too many.
    """
    from jinja2 import TemplateSyntaxError

    tags: list[Tag] = []
    words: list[tuple[str, Span]] = []
    start = offset = 0
    is_open = False
    try:
        for _, kind, value in _environment().lex(text):
            end = offset + len(value)
            if kind in {"variable_begin", "block_begin"}:
                start, words, is_open = offset, [], True
                _plain_delimiter(value, 2, (offset, end))
            elif kind in {"variable_end", "block_end"}:
                _plain_delimiter(value.strip(), 2, (offset, end))
                is_open = False
                tags.append(Tag(kind.removesuffix("_end"), tuple(words), (start, end)))
                _bounded(tags[-1], len(tags))
            elif kind not in {"data", "whitespace"}:
                words.append((value, (offset, end)))
            offset = end
    except TemplateSyntaxError as error:
        raise _unreadable(text, offset, str(error.message)) from error
    except (ValueError, RecursionError) as error:
        raise BadTemplateError("this cannot be read", (start, len(text))) from error
    if is_open or offset != len(text):
        raise _unreadable(text, start, "a tag opens here and does not close")
    return tags


def _unreadable(text: str, offset: int, reason: str) -> BadTemplateError:
    opening = max(text.rfind("<<", 0, offset + 2), text.rfind("<%", 0, offset + 2), 0)
    hint = "write << name >>; two signs that stand for themselves are << '<<' >>"
    return BadTemplateError(f"this cannot be read: {reason}", (opening, min(opening + 2, len(text))), hint=hint)


def _plain_delimiter(value: str, length: int, span: Span) -> None:
    if len(value) > length:
        hint = "leave the - or + out; what stands around a tag stays as it is"
        raise BadTemplateError(f"'{value}' is not supported", span, hint=hint)


def _bounded(tag: Tag, count: int) -> None:
    if tag.span[1] - tag.span[0] > MAX_TAG:
        raise BadTemplateError(f"more than {MAX_TAG} characters between the signs", tag.span, hint=_COMPUTE)
    if count > MAX_TAGS:
        raise BadTemplateError(f"more than {MAX_TAGS} tags in one text", tag.span, hint="split the text")


def tree_of(text: str, tags: list[Tag]) -> nodes.Template:
    """The tree that Jinja2 reads from a text.

    Raises:
        BadTemplateError: It cannot be read.
    """
    from jinja2 import TemplateSyntaxError

    try:
        return _environment().parse(text)
    except TemplateSyntaxError as error:
        raise BadTemplateError(*_syntax_fault(text, tags, error)) from error
    except (ValueError, RecursionError) as error:
        raise BadTemplateError("this cannot be read", (0, len(text))) from error


def _syntax_fault(text: str, tags: list[Tag], error: Exception) -> tuple[str, Span]:
    """The tag that is at fault: the first that cannot be read by itself, else the first on Jinja2's line."""
    from jinja2 import TemplateSyntaxError

    for tag in tags:
        if tag.kind == "variable":
            try:
                _environment().parse(text[slice(*tag.span)])
            except (TemplateSyntaxError, ValueError, RecursionError) as own:
                return f"this cannot be read: {_sentence(own)}", tag.span
    line = getattr(error, "lineno", 1)
    blocks = [tag for tag in tags if tag.kind == "block"]
    on_line = [tag for tag in blocks if text.count("\n", 0, tag.span[0]) + 1 == line] or blocks or tags
    return f"this cannot be read: {_sentence(error)}", on_line[-1].span if on_line else (0, len(text))


def _sentence(error: Exception) -> str:
    words = " ".join(str(getattr(error, "message", error)).split()).rstrip(".")
    return words[:1].lower() + words[1:160]
