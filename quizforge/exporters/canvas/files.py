"""The files of a package: manifest, quizzes and their settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil
from typing import NamedTuple

from quizforge.exporters.base import Mode
from quizforge.exporters.canvas.body import field
from quizforge.exporters.numbers import plain_number
from quizforge.exporters.package import write_zip
from quizforge.formats.canvas import (
    FILE_RESOURCE,
    MANIFEST_FILE,
    MANIFEST_NAMESPACE,
    MEDIA_FOLDER,
    META_FILE,
    META_NAMESPACE,
    META_RESOURCE,
    QUIZ_NAMESPACE,
    QUIZ_RESOURCE,
)
from quizforge.formats.xml import without_illegal, xml_attribute, xml_text
from quizforge.model.media import Media

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_UNLIMITED = "-1"


class QuizFile(NamedTuple):
    """One quiz of a package.

    Attributes:
        ident: Names its folder and file.
        title: For people.
        instructions: HTML above the questions.
        content: Items and sections, in order.
        questions: How many they are.
        points: Sum of what can be earned.
        minutes: Time limit, or None.
        shuffle: Whether classic may shuffle the options of all questions.
    """

    ident: str
    title: str
    instructions: str
    content: Sequence[str]
    questions: int
    points: Decimal
    minutes: Decimal | None
    shuffle: bool


def package(quizzes: Sequence[QuizFile], media: Iterable[Media], *, mode: Mode) -> bytes:
    """The archive: manifest first, then the files by name."""
    images = {image.content_name: image.data for image in media}
    files = {f"{MEDIA_FOLDER}/{name}": data for name, data in images.items()}
    for quiz in quizzes:
        files[f"{quiz.ident}/{quiz.ident}.xml"] = _quiz(quiz, mode).encode()
        files[f"{quiz.ident}/{META_FILE}"] = _meta(quiz, mode).encode()
    manifest = _manifest([quiz.ident for quiz in quizzes], sorted(images)).encode()
    return write_zip([(MANIFEST_FILE, manifest), *sorted(files.items())])


def _manifest(quizzes: Sequence[str], images: Sequence[str]) -> str:
    resources = []
    for ident in quizzes:
        path, meta = f"{ident}/{ident}.xml", f"{ident}/{META_FILE}"
        resources.append(
            f'<resource identifier="{ident}" type="{QUIZ_RESOURCE}">\n<file href="{path}"/>\n'
            f'<dependency identifierref="{ident}_meta"/>\n</resource>\n'
            f'<resource identifier="{ident}_meta" type="{META_RESOURCE}" href="{meta}">\n<file href="{meta}"/>\n'
            "</resource>\n"
        )
    for name in images:
        path = f"{MEDIA_FOLDER}/{name}"
        resources.append(
            f'<resource identifier="f{name.partition(".")[0]}" type="{FILE_RESOURCE}" href="{path}">\n'
            f'<file href="{path}"/>\n</resource>\n'
        )
    return (
        f'{_HEAD}<manifest identifier="{quizzes[0]}_manifest" xmlns="{MANIFEST_NAMESPACE}">\n'
        "<metadata>\n<schema>IMS Content</schema>\n<schemaversion>1.1.3</schemaversion>\n</metadata>\n"
        f"<organizations/>\n<resources>\n{''.join(resources)}</resources>\n</manifest>\n"
    )


def _quiz(quiz: QuizFile, mode: Mode) -> str:
    attempts = "1" if mode == "exam" else "unlimited"
    fields = field("cc_maxattempts", attempts)
    limit = _minutes(quiz)
    if limit:
        fields += field("qmd_timelimit", limit)
    return (
        f'{_HEAD}<questestinterop xmlns="{QUIZ_NAMESPACE}">\n'
        f'<assessment ident="{quiz.ident}" title="{xml_attribute(quiz.title)}">\n'
        f"<qtimetadata>\n{fields}</qtimetadata>\n"
        f'<section ident="root_section">\n{"".join(quiz.content)}</section>\n</assessment>\n</questestinterop>\n'
    )


def _minutes(quiz: QuizFile) -> str:
    """The time limit in whole minutes, rounded up."""
    return "" if quiz.minutes is None else str(ceil(quiz.minutes))


def _meta(quiz: QuizFile, mode: Mode) -> str:
    """The settings; ``result_view_restricted`` and ``display_…`` are for New Quizzes, the others for both readers."""
    exam = mode == "exam"
    settings = {
        "title": xml_text(without_illegal(quiz.title)),
        "description": xml_text(quiz.instructions),
        "quiz_type": "assignment" if exam else "practice_quiz",
        "points_possible": plain_number(quiz.points),
        "available": "false",
        "allowed_attempts": "1" if exam else _UNLIMITED,
        "scoring_policy": "keep_highest",
        "hide_results": "always" if exam else "",
        "show_correct_answers": _truth(not exam),
        "shuffle_questions": "false",
        "shuffle_answers": _truth(quiz.shuffle),
        "time_limit": _minutes(quiz),
        "one_question_at_a_time": "false",
        "cant_go_back": "false",
        "could_be_locked": "false",
        "result_view_restricted": _truth(exam),
        "display_items": _truth(not exam),
        "display_item_feedback": _truth(not exam),
        "display_item_response": _truth(not exam),
        "display_item_correct_answer": _truth(not exam),
        "display_item_response_correctness": _truth(not exam),
        "display_points_awarded": _truth(not exam),
        "display_points_possible": _truth(not exam),
    }
    lines = "".join(f"<{name}>{value}</{name}>\n" for name, value in settings.items() if value)
    return f'{_HEAD}<quiz identifier="{quiz.ident}" xmlns="{META_NAMESPACE}">\n{lines}</quiz>\n'


def _truth(value: bool) -> str:  # noqa: FBT001  # a truth value as text
    return "true" if value else "false"
