"""All papers of one bank, written in one pass."""

from __future__ import annotations

import re
from typing import NamedTuple

from typing_extensions import assert_never

from quizforge.exporters.html.choices import multiple_answer, single_choice, true_false
from quizforge.exporters.html.cloze import cloze
from quizforge.exporters.html.desk import Answered, Desk
from quizforge.exporters.html.essay import essay, lines
from quizforge.exporters.html.facts import facts, remarks
from quizforge.exporters.html.guide import entry, is_open
from quizforge.exporters.html.lists import matching, ordering
from quizforge.exporters.html.tasks import partial, task
from quizforge.exporters.html.typed import numerical, short_answer
from quizforge.exporters.html.voice import escape, named_heads
from quizforge.exporters.numbering import Group, Seat
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.essay import Essay
from quizforge.model.questions.information import Information
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse

SPLIT_LENGTH = 3000
"""A question or a case of more characters than this, about two thirds of a page, may be split over pages."""
SPLIT_LINES = 22
"""So may one of more ruled lines than this, 8 mm each: with its stem, it fills a page."""

SHORT_LINE = 40
"""What the blank rest of a line of code or of a list counts."""
_TAG = re.compile(r"<[^>]*>")


class Pages(NamedTuple):
    """Pieces of the papers, in order; joined by whoever needs them whole.

    Attributes:
        exam: Of the exam.
        key: Of the key.
        glance: Rows of the table at the top of the key.
        guide: Open questions of the marker's guide; None where it is not written.
    """

    exam: list[str]
    key: list[str]
    glance: list[str]
    guide: list[str] | None = None


class Papers:
    """Writes the questions of one bank."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        voice = desk.voice
        self._best = f'<p class="task"{voice.mark}>{voice["exam.task.single_choice"]}</p>\n'

    def group(self, group: Group, pages: Pages) -> None:
        """Add the questions of a group, below their case."""
        if group.scenario is None:
            for seat in group.seats:
                self._question(seat, 3, pages)
            return
        start = self._case(group)
        guide = pages.guide if any(is_open(seat.item.question) for seat in group.seats) else None
        papers = [paper for paper in (pages.exam, pages.key, guide) if paper is not None]
        for paper in papers:
            paper.append(start)
        for seat in group.seats:
            self._question(seat, 4, pages)
        for paper in papers:
            paper.append("</section>\n")

    def _case(self, group: Group) -> str:
        scenario, voice = group.scenario, self.desk.voice
        if scenario is None:
            return ""
        title = voice.own("exam.case")
        if scenario.title is not None:
            title = voice.around("exam.case_titled", "title", escape(scenario.title))
        text = named_heads(self.desk.block(scenario.text))
        refer = f'<p class="refer"{voice.mark}>{self._refer(group.numbers)}</p>\n' if group.numbers else ""
        name = f"case{group.number}"
        return (
            f'<section class="group" aria-labelledby="{name}">\n'
            f'<div class="{"case long" if _is_long(text) else "case"}">\n'
            f'<h3 id="{name}">{title}</h3>\n{refer}<div class="text">{text}</div>\n</div>\n'
        )

    def _refer(self, numbers: tuple[int, ...]) -> str:
        if len(numbers) == 1:
            return self.desk.voice.say("exam.case_one", n=numbers[0])
        return self.desk.voice.say("exam.case_many", first=numbers[0], last=numbers[-1])

    def _question(self, seat: Seat, level: int, pages: Pages) -> None:
        question, desk = seat.item.question, self.desk
        if isinstance(question, Information):
            text = f'<div class="info text">{named_heads(desk.block(question.stem))}'
            pages.exam.append(f"{text}</div>\n")
            pages.key.append(f"{text}{remarks(desk, question)}{facts(desk, seat.item)}</div>\n")
            return
        names: tuple[str, ...] = ()
        if isinstance(question, Cloze):
            exam_text, key_text, names, answered = cloze(desk, question)
        else:
            exam_text = key_text = named_heads(desk.block(question.stem))
            answered = _answered(desk, question)
        exam, key, answer = answered
        number, voice = seat.number, desk.voice
        before, after = voice.headings[level]
        start = f'id="q{number}">\n{before}{number}{after}{voice.worth[seat.points]}<div class="text">'
        what = self._task(question, names)
        long = _is_long(exam_text + exam) or (isinstance(question, Essay) and lines(question) > SPLIT_LINES)
        pages.exam.append(
            f'<article class="{"q long" if long else "q"}" {start}{exam_text}</div>\n{what}{exam}</article>\n'
        )
        pages.key.append(
            f'<article class="q" {start}{key_text}</div>\n{what}{key}'
            f"{remarks(desk, question)}{facts(desk, seat.item)}</article>\n"
        )
        if pages.guide is not None and is_open(question):
            pages.guide.append(entry(desk, question, f'<article class="q" {start}{key_text}</div>\n{what}{key}'))
        pages.glance.append(
            f'<tr><th scope="row"><a href="#q{number}">{number}</a></th><td>{answer}</td>'
            f"<td>{voice.number[seat.points]}</td></tr>\n"
        )

    def _task(self, question: Question, names: tuple[str, ...]) -> str:
        if type(question) is SingleChoice and not partial(question.choices):
            return self._best  # the same for most questions of most banks
        text = task(question, self.desk.voice.words, blanks=names)
        return f'<p class="task"{self.desk.voice.mark}>{escape(text)}</p>\n' if text else ""


def _answered(desk: Desk, question: Question) -> Answered:  # noqa: C901, PLR0911  # one case for each type
    match question:
        case SingleChoice():
            return single_choice(desk, question)
        case MultipleAnswer():
            return multiple_answer(desk, question)
        case TrueFalse():
            return true_false(desk, question)
        case ShortAnswer():
            return short_answer(desk, question)
        case Numerical():
            return numerical(desk, question)
        case Matching():
            return matching(desk, question)
        case Ordering():
            return ordering(desk, question)
        case Essay():
            return essay(desk, question)
        case Cloze():
            return cloze(desk, question).answered
        case Information():
            return Answered("", "", "")
        case _:
            assert_never(question)


def _is_long(html: str) -> bool:
    lines = SHORT_LINE * html.count("\n")
    return len(html) + lines > SPLIT_LENGTH and len(_TAG.sub("", html)) + lines > SPLIT_LENGTH
