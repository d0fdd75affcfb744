"""The exam paper: questions with room to answer, and nothing that a student must not see.

Only texts of the audience ``student-exam`` are read here. Element ids are ``q1``, ``q2`` ... and
``case1`` ...; no attribute holds anything of the author's but what Markdown made of such a text.
"""

from __future__ import annotations

from typing_extensions import assert_never

from quizforge.exporters.arrange import choice_order, item_order, left_order, right_order
from quizforge.exporters.html.sheet import Group, Seat
from quizforge.exporters.html.tasks import task
from quizforge.exporters.html.writer import LETTERS, Writer, escape
from quizforge.model.questions.cloze import Blank, Cloze
from quizforge.model.questions.essay import Essay
from quizforge.model.questions.information import Information
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse

DEFAULT_LINES = 10
WORDS_PER_LINE = 9
"""Handwriting on a line of 17 cm: 8 to 10 words."""
SPLIT_LINES = 22
"""More ruled lines than this, 8 mm each, may be split: with its stem, the question fills a page."""
SPLIT_LENGTH = 4500
"""A question of more characters of HTML than this may be split over pages."""


class ExamWriter(Writer):
    """Writes the questions of one bank."""

    def group(self, group: Group) -> str:
        """The questions of a group, below their case."""
        if group.scenario is None:
            return "".join([self.question(seat, level=3) for seat in group.seats])
        name = f"case{group.number}"
        questions = "".join([self.question(seat, level=4) for seat in group.seats])
        return f'<section class="group" aria-labelledby="{name}">\n{self.case(group, name)}{questions}</section>\n'

    def case(self, group: Group, name: str) -> str:
        """A case with the numbers of its questions."""
        if group.scenario is None:
            return ""
        voice, title = self.voice, group.scenario.title
        label = voice.own("exam.case") if title is None else voice.around("exam.case_titled", "title", escape(title))
        refer = f'<p class="refer"{voice.mark}>{self._refer(group.numbers)}</p>\n' if group.numbers else ""
        text = self.block(group.scenario.text)
        size = "case long" if len(text) > SPLIT_LENGTH else "case"
        return f'<div class="{size}">\n<h3 id="{name}">{label}</h3>\n{refer}<div class="text">{text}</div>\n</div>\n'

    def question(self, seat: Seat, *, level: int) -> str:
        """One question with room to answer."""
        question = seat.item.question
        match question:
            case SingleChoice():
                answer = self.options([choice.text for choice in question.choices], seat.order)
            case MultipleAnswer():
                answer = self.options([choice.text for choice in question.choices], seat.order, many=True)
            case TrueFalse():
                answer = self.verdicts()
            case ShortAnswer():
                answer = self._line("line")
            case Numerical():
                answer = self._line("line number", unit=question.unit)
            case Matching():
                answer = self._matching(question)
            case Ordering():
                answer = self._ordering(question)
            case Cloze():
                return self._cloze(seat, question, level)
            case Essay():
                return self._essay(seat, question, level)
            case Information():
                return f'<div class="info text">{self.block(question.stem)}</div>\n'
            case _:
                assert_never(question)
        inner = f'<div class="text">{self.block(question.stem)}</div>\n{self.task(seat)}{answer}'
        return self.frame(seat, inner, level=level, long=len(inner) > SPLIT_LENGTH)

    def task(self, seat: Seat, blanks: tuple[str, ...] = ()) -> str:
        """What to do, and the scoring rule."""
        text = task(seat.item.question, self.voice.words, blanks=blanks)
        return f'<p class="task"{self.voice.mark}>{escape(text)}</p>\n' if text else ""

    def verdicts(self) -> str:
        """True and false."""
        voice = self.voice
        return (
            f'<ul class="opts one row"{voice.mark}>\n<li><b></b>{voice["common.true"]}</li>\n'
            f"<li><b></b>{voice['common.false']}</li>\n</ul>\n"
        )

    def _refer(self, numbers: tuple[int, ...]) -> str:
        if len(numbers) == 1:
            return self.voice.say("exam.case_one", n=numbers[0])
        return self.voice.say("exam.case_many", first=numbers[0], last=numbers[-1])

    def _line(self, kind: str, *, unit: str | None = None) -> str:
        after = f" {escape(unit)}" if unit else ""
        voice = self.voice
        return f'<p class="reply">{voice.own("exam.answer")} <span class="{kind}"></span>{after}</p>\n'

    def _matching(self, question: Matching) -> str:
        lefts = [question.pairs[index].left for index in left_order(question, self.bank)]
        rights = right_order(question, self.bank)
        left = "".join(f'<li><span class="box"></span>{self.inline(text)}</li>\n' for text in lefts)
        right = "".join(
            f"<li><b>{mark}</b>{self.inline(text)}</li>\n" for mark, text in zip(LETTERS, rights, strict=False)
        )
        return f'<div class="match">\n<ul class="fill">\n{left}</ul>\n<ul class="opts plain">\n{right}</ul>\n</div>\n'

    def _ordering(self, question: Ordering) -> str:
        items = (question.items[index].text for index in item_order(question, self.bank))
        rows = "".join(f'<li><span class="box"></span>{self.inline(text)}</li>\n' for text in items)
        return f'<ul class="fill">\n{rows}</ul>\n'

    def _cloze(self, seat: Seat, question: Cloze, level: int) -> str:
        names: list[str] = []
        several = len(question.blanks) > 1

        def gap(name: str) -> str:
            names.append(name)
            return self.gap(question.blanks[name], len(names) if several else 0)

        text = self.texts.cloze(question.stem, gap)
        picks = "".join(
            self._pick(question.blanks[name], seat, name, number if several else 0)
            for number, name in enumerate(names, 1)
            if question.blanks[name].choices
        )
        inner = f'<div class="text">{text}</div>\n{self.task(seat, tuple(names))}{picks}'
        return self.frame(seat, inner, level=level, long=len(inner) > SPLIT_LENGTH)

    def gap(self, blank: Blank, number: int, filled: str = "") -> str:
        """A blank in running text: as wide as its kind asks for, not as its answer."""
        label = self.voice.blank(number) if number else ""
        unit = f"\N{NO-BREAK SPACE}{escape(blank.unit)}" if blank.unit else ""
        inner = f"<small>{label}</small>{filled}" if label else filled
        return f'<span class="gap {blank.kind}">{inner}</span>{unit}'

    def _pick(self, blank: Blank, seat: Seat, name: str, number: int) -> str:
        texts = [choice.text for choice in blank.choices]
        question = seat.item.question
        order = choice_order(blank.choices, (self.bank, question.id, name), shuffle=question.shuffle)
        label = f'<p class="label"{self.voice.mark}>{self.voice.say("exam.blank", n=number)}</p>\n' if number else ""
        return f'<div class="pick">\n{label}{self.options(texts, order)}</div>\n'

    def _essay(self, seat: Seat, question: Essay, level: int) -> str:
        lines = question.lines or _lines_for(question.max_words)
        outline = ""
        if question.response_template is not None:
            outline = (
                f'<div class="outline">\n<p class="label"{self.voice.mark}>{self.voice["exam.outline"]}</p>\n'
                f"{self.block(question.response_template)}\n</div>\n"
            )
        inner = (
            f'<div class="text">{self.block(question.stem)}</div>\n{self.task(seat)}{outline}'
            f'<div class="lines" aria-hidden="true">{"<i></i>" * lines}</div>\n'
        )
        long = lines > SPLIT_LINES or len(inner) - 7 * lines > SPLIT_LENGTH
        return self.frame(seat, inner, level=level, long=long)


def _lines_for(words: int | None) -> int:
    return DEFAULT_LINES if words is None else min(max(3, words // WORDS_PER_LINE + 2), 200)
