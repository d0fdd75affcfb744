"""Checks of links, images and what defines them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizforge.markup.problem import Subject, TextProblem
from quizforge.markup.scan import read_target
from quizforge.markup.source import read_href
from quizforge.markup.spans import FILL, Image
from quizforge.model.codes.text import (
    IMAGE_WITHOUT_ALT,
    LINK_SCHEME,
    LINK_WITHOUT_TEXT,
    REMOTE_IMAGE,
    UNDEFINED_IMAGE,
    VANISHING_DEFINITION,
)

_TARGET = re.compile(r"\]\(")
_EMPTY_LINK = re.compile(r"(?<![!\\])\[\s*\](?=\(|\[)")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)>")
_PERCENT_OR_BLANK = re.compile(r"[\x00-\x20\x7f-\x9f]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ALLOWED = frozenset({"http", "https", "mailto"})
_ALT_MARKUP = re.compile(r"[\s*_~]+")


def scheme_of(href: str) -> str:
    """The scheme that a browser sees, lower case; ``//`` for a bare host, empty for a relative link.

    Entities, escapes, blanks and control characters are taken away first, since browsers do so too.
    """
    if href.startswith(("https://", "http://")):
        return "http"
    bare = _PERCENT_OR_BLANK.sub("", read_href(href))
    if bare.startswith(("//", "\\\\")):
        return "//"
    match = _SCHEME.match(bare)
    return match[1].lower() if match else ""


def link_problems(subject: Subject) -> Iterator[TextProblem]:
    """Links that lead nowhere good, and links without text."""
    masked = subject.masked
    if "](" in masked:
        for match in _TARGET.finditer(masked):
            target = read_target(masked, match.start() + 1)
            if target is not None:
                yield from _bad_scheme(target.href, target.href_start)
    if "<" in masked:
        for match in _AUTOLINK.finditer(masked):
            if "://" in match[1] or match[1].lower().startswith(("javascript:", "data:", "vbscript:")):
                yield from _bad_scheme(match[1], match.start(1))
    if "](" in masked or "][" in masked:
        for match in _EMPTY_LINK.finditer(masked):
            hint = "write what the link leads to between the square brackets"
            yield TextProblem(LINK_WITHOUT_TEXT, match.start(), match.end(), "the link has no text", hint)


def _bad_scheme(href: str, start: int) -> Iterator[TextProblem]:
    scheme = scheme_of(href)
    if scheme and scheme not in _ALLOWED:
        message = f"a link with the scheme '{scheme}' is taken away"
        if scheme == "//":
            message = "the link names a host and no scheme, so it leads nowhere in a file"
        end = start + max(1, len(href))
        yield TextProblem(LINK_SCHEME, start, end, message, "links are http, https, mailto or relative")


def definition_problems(subject: Subject) -> Iterator[TextProblem]:
    """Definitions that nothing refers to: their line vanishes."""
    if not subject.scan.definitions:
        return
    rest = _without_definitions(subject)
    for definition in subject.scan.definitions:
        if f"[{definition.label}]" in rest:
            yield from _bad_scheme(definition.href, definition.href_start)
            continue
        shown = subject.scan.text[definition.start : definition.end].strip().split("\n")[0]
        hint = rf"if it is text, write \[{shown[1:]}" if shown.startswith("[") else ""
        message = f"'{shown}' defines a link that is not used, and is not shown"
        yield TextProblem(VANISHING_DEFINITION, definition.start, definition.end, message, hint)


def _without_definitions(subject: Subject) -> str:
    """The text in lower case without its definitions; images are kept, since they may refer to one."""
    text = subject.scan.text
    pieces: list[str] = []
    at = 0
    for definition in subject.scan.definitions:
        pieces.append(text[at : definition.start])
        at = definition.end
    pieces.append(text[at:])
    return " ".join("".join(pieces).lower().split())


def image_problems(subject: Subject) -> Iterator[TextProblem]:
    """Images without a text alternative, or from somewhere else than the bank's folder."""
    for image in subject.scan.spans:
        if isinstance(image, Image):
            yield from _image(image)


def _image(image: Image) -> Iterator[TextProblem]:
    if not _ALT_MARKUP.sub("", image.alt):
        hint = "write between the square brackets what the image tells"
        yield TextProblem(IMAGE_WITHOUT_ALT, image.start, image.end, "the image has no text alternative", hint)
    scheme = scheme_of(image.href)
    if scheme:
        message = "the image does not lie in the bank's folder"
        hint = "copy it into the bank's folder and write its path"
        yield TextProblem(REMOTE_IMAGE, image.start, image.end, message, hint)
    elif not image.href:
        yield TextProblem(UNDEFINED_IMAGE, image.start, image.end, "the image has no file", "write ![text](file)")


def undefined_image(subject: Subject, start: int, end: int) -> Iterator[TextProblem]:
    """``![text][name]`` without a definition, or a target that does not close; a bare ``![text]`` is text."""
    after = subject.masked[end : end + 1]
    if after in {"(", "["} or subject.masked[end : end + 2] == f"{FILL}(":
        message = "this image is shown as it is written"
        yield TextProblem(UNDEFINED_IMAGE, start, end, message, "write ![text](file), or define [name]: file")
