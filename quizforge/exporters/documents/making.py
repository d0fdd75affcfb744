"""What Word and LaTeX have in common: the printable pages of a quiz, read and rewritten."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from quizforge.exporters.base import Env, ExportFile
from quizforge.exporters.documents.pandoc import Node, read_html
from quizforge.exporters.documents.reading import simplified
from quizforge.exporters.documents.rewriting import Hand, Rewriter, title_of
from quizforge.exporters.html import HtmlOptions, PrintableHtml
from quizforge.exporters.numbering import lay_out
from quizforge.model.codes.fidelity import IMAGE_REFUSED
from quizforge.model.diagnostic import Problem
from quizforge.model.fields import Text, marked
from quizforge.model.media import Media
from quizforge.model.quiz import Quiz


@dataclass(frozen=True, slots=True)
class Page:
    """One of the two papers.

    Attributes:
        printed: As the printable exporter made it.
        blocks: Of the document.
        meta: Title and language.
    """

    printed: ExportFile
    blocks: list[Node]
    meta: dict[str, Node]


def pages(quiz: Quiz, env: Env, *, exam: Hand, key: Hand, images: Mapping[str, str]) -> Iterator[Page]:
    """The exam and the key as documents.

    Args:
        quiz: As for the printable page.
        env: The renderers.
        exam: Writes the exam.
        key: Writes the key.
        images: What is written in place of the ``src`` of an image.
    """
    printed = PrintableHtml().render(quiz, HtmlOptions(), env).files
    points = {
        seat.number: Decimal(seat.item.question.max_points)
        for part in lay_out(quiz).parts
        for group in part.groups
        for seat in group.seats
        if seat.number
    }
    for file, hand in zip(printed, (exam, key), strict=True):
        read = read_html(simplified(file.data.decode(), images))
        title: Node = {"t": "MetaInlines", "c": title_of(read)}
        blocks = Rewriter(hand, points).page(read)
        yield Page(file, blocks, {"title": title, "lang": {"t": "MetaString", "c": quiz.language}})


def source_of(media: Media) -> str:
    """The ``src`` of an image on the printable page."""
    return f"data:{media.media_type};base64,{b64encode(media.data).decode('ascii')}"


def refused_images(quiz: Quiz, allowed: frozenset[str], *, target: str) -> Iterator[Problem]:
    """An error for each question whose image the target cannot show.

    Args:
        quiz: The questions.
        allowed: Media types that the target shows.
        target: Its name, for the message.
    """
    for item in quiz.items:
        bank, question = item.bank, item.question
        shown = [("questions", question.id), *([("scenarios", question.scenario)] if question.scenario else [])]
        for section, entry in shown:
            for path in bank.images.get((section, entry), ()):
                media = bank.media[path]
                if media.media_type not in allowed:
                    message = f"{target} cannot show an image of type {media.media_type}: {path}"
                    at = next((at for at, source, _ in marked(question, Text) if path.rpartition("/")[2] in source), ())
                    hint = f"convert it to one of: {', '.join(sorted(allowed))}"
                    yield Problem(IMAGE_REFUSED, message, at, hint=hint, subject=("questions", question.id))
