"""The answer key: the numbers and letters of the exam, with everything that staff need to mark it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from typing_extensions import assert_never

from quizforge.exporters.arrange import choice_order, item_order, left_order, right_order
from quizforge.exporters.html.appendix import Beliefs
from quizforge.exporters.html.exam import ExamWriter
from quizforge.exporters.html.facts import facts, percent, remarks
from quizforge.exporters.html.marking import answers_of, essay, expected, table, typed
from quizforge.exporters.html.sheet import Group, Seat
from quizforge.exporters.html.writer import LETTERS, Voice, Writer
from quizforge.markup import Dialect
from quizforge.model.bank import Bank
from quizforge.model.questions.cloze import Blank, Cloze
from quizforge.model.questions.essay import Essay
from quizforge.model.questions.information import Information
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.option import Choice
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse

_Solved = tuple[str, str]
"""Solution as HTML, and in few words, as HTML too, for the table at the top."""


class KeyWriter(Writer):
    """Writes the solved questions of one bank.

    Args:
        texts: Renders the bank's texts.
        voice: Own words.
        bank: Theirs.
        beliefs: Takes up the misconceptions that are met.
        rows: Takes up the rows of the table at the top.
    """

    def __init__(self, texts: Dialect, voice: Voice, bank: Bank, *, beliefs: Beliefs, rows: list[str]) -> None:
        super().__init__(texts, voice, bank.id)
        self.exam = ExamWriter(texts, voice, bank.id)
        self.source = bank
        self.beliefs = beliefs
        self.rows = rows
        self._correct = f' <em class="ok"{voice.mark}>✓ {voice["key.correct"]}</em>'

    def group(self, group: Group) -> str:
        """The questions of a group, below their case."""
        if group.scenario is None:
            return "".join([self.question(seat, level=3) for seat in group.seats])
        name = f"case{group.number}"
        questions = "".join([self.question(seat, level=4) for seat in group.seats])
        case = self.exam.case(group, name)
        return f'<section class="group" aria-labelledby="{name}">\n{case}{questions}</section>\n'

    def question(self, seat: Seat, *, level: int) -> str:
        """One question with its solution."""
        question = seat.item.question
        match question:
            case SingleChoice():
                solution, answer = self._single(question.choices, seat.order)
            case MultipleAnswer():
                solution, answer = self._multiple(question, seat.order)
            case TrueFalse():
                solution, answer = self._verdicts(question)
            case ShortAnswer() | Numerical():
                comments = [self._comment(entry.feedback, entry.misconception) for entry in answers_of(question)]
                solution, answer = typed(self, question, comments), expected(self, question)
            case Matching():
                solution, answer = self._matching(question)
            case Ordering():
                solution, answer = self._ordering(question)
            case Cloze():
                return self._cloze(seat, question, level)
            case Essay():
                solution, answer = essay(self, question), self.voice.own("key.by_hand")
            case Information():
                text = self.block(question.stem)
                return f'<div class="info text">{text}{self._rest(seat)}</div>\n'
            case _:
                assert_never(question)
        text = f'<div class="text">{self.block(question.stem)}</div>\n'
        return self._framed(seat, f"{text}{self.exam.task(seat)}{solution}", answer, level)

    def _framed(self, seat: Seat, inner: str, answer: str, level: int) -> str:
        number, points = seat.number, self.voice.words.number(seat.item.question.max_points)
        self.rows.append(
            f'<tr><th scope="row"><a href="#q{number}">{number}</a></th><td>{answer}</td><td>{points}</td></tr>\n'
        )
        return self.frame(seat, inner + self._rest(seat), level=level)

    def _rest(self, seat: Seat) -> str:
        return remarks(self, self.source, seat.item.question) + facts(self, seat.item)

    def _comment(self, feedback: str | None, misconception: str | None) -> str:
        shown = "" if feedback is None else f'<div class="fb">{self.block(feedback)}</div>'
        return shown if misconception is None else shown + self.beliefs.mention(self, self.source, misconception)

    def _option(self, mark: str, choice: Choice, verdict: str) -> str:
        hit = ' class="hit"' if choice.correct else ""
        name = "" if choice.id is None else f" <code>{choice.id}</code>"
        comment = self._comment(choice.feedback, choice.misconception)
        return f"<li{hit}><b>{mark}</b>{self.inline(choice.text)}{verdict}{name}{comment}</li>\n"

    def _credit(self, share: Fraction) -> str:
        return self._aside("key.credit", n=percent(self, share))

    def _aside(self, key: str, **values: object) -> str:
        return f' <em class="share"{self.voice.mark}>{self.voice.say(key, **values)}</em>'

    def _single(self, choices: Sequence[Choice], order: Sequence[int]) -> _Solved:
        rows, answer = [], ""
        for mark, index in zip(LETTERS, order, strict=False):
            choice = choices[index]
            verdict = self._correct if choice.correct else ""
            if choice.correct:
                answer = mark
            elif choice.credit:
                verdict = self._credit(Fraction(choice.credit) / 100)
            rows.append(self._option(mark, choice, verdict))
        return f'<ul class="opts one">\n{"".join(rows)}</ul>\n', answer

    def _multiple(self, question: MultipleAnswer, order: Sequence[int]) -> _Solved:
        rows, keys = [], []
        for mark, index in zip(LETTERS, order, strict=False):
            choice = question.choices[index]
            verdict = self._correct if choice.correct else ""
            if choice.correct:
                keys.append(mark)
            if question.scoring == "per_option" and question.credit_of(index):
                verdict += self._credit(question.credit_of(index))
            rows.append(self._option(mark, choice, verdict))
        return f'<ul class="opts many">\n{"".join(rows)}</ul>\n', ", ".join(keys)

    def _verdicts(self, question: TrueFalse) -> _Solved:
        rows = ""
        for verdict, feedback in ((True, question.feedback_true), (False, question.feedback_false)):
            correct = verdict == question.answer
            label = self.voice.own("common.true" if verdict else "common.false")
            comment = self._comment(feedback, None if correct else question.misconception)
            hit, mark = (' class="hit"', self._correct) if correct else ("", "")
            rows += f"<li{hit}><b></b>{label}{mark}{comment}</li>\n"
        answer = self.voice.own("common.true" if question.answer else "common.false")
        return f'<ul class="opts one">\n{rows}</ul>\n', answer

    def _matching(self, question: Matching) -> _Solved:
        rights = right_order(question, self.bank)
        letters = {text: mark for mark, text in zip(LETTERS, rights, strict=False)}
        pairs = [question.pairs[index] for index in left_order(question, self.bank)]
        body = "".join(
            f'<tr><th scope="row">{self.inline(pair.left)}</th><td><b class="sign">{letters[pair.right]}</b> '
            f"{self.inline(pair.right)}{self._comment(pair.feedback, pair.misconception)}</td></tr>\n"
            for pair in pairs
        )
        unused = "".join(
            f"<li><b>{letters[entry.text]}</b>{self.inline(entry.text)}{self._aside('key.distractor')}"
            f"{self._comment(entry.feedback, entry.misconception)}</li>\n"
            for entry in sorted(question.distractors, key=lambda entry: rights.index(entry.text))
        )
        shown = table(self, "key.solution", ["key.entry", "key.matches"], body)
        if unused:
            shown += f'<ul class="opts plain">\n{unused}</ul>\n'
        return shown, ", ".join(letters[pair.right] for pair in pairs)

    def _ordering(self, question: Ordering) -> _Solved:
        order = item_order(question, self.bank)
        rows = "".join(
            f'<li><span class="box">{index + 1}</span>{self.inline(question.items[index].text)}'
            f"{self._comment(question.items[index].feedback, question.items[index].misconception)}</li>\n"
            for index in order
        )
        return f'<ul class="fill">\n{rows}</ul>\n', ", ".join(str(index + 1) for index in order)

    def _cloze(self, seat: Seat, question: Cloze, level: int) -> str:
        names: list[str] = []
        answers: list[str] = []
        parts: list[str] = []
        several = len(question.blanks) > 1

        def gap(name: str) -> str:
            names.append(name)
            blank, number = question.blanks[name], len(names) if several else 0
            solution, answer = self._blank(question, name)
            parts.append(f'<div class="pick">\n{self._blank_label(blank, number)}{solution}</div>\n')
            answers.append(f"{number}: {answer}" if number else answer)
            return self.exam.gap(blank, number, filled=f"<strong>{answer}</strong>")

        text = self.texts.cloze(question.stem, gap)
        inner = f'<div class="text">{text}</div>\n{self.exam.task(seat, tuple(names))}{"".join(parts)}'
        return self._framed(seat, inner, "; ".join(answers), level)

    def _blank(self, question: Cloze, name: str) -> _Solved:
        blank = question.blanks[name]
        if blank.choices:
            order = choice_order(blank.choices, (self.bank, question.id, name), shuffle=question.shuffle)
            solution, answer = self._single(blank.choices, order)
            return solution + self._comment(blank.feedback, blank.misconception), answer
        comments = [self._comment(entry.feedback, entry.misconception) for entry in answers_of(blank)]
        solution = typed(self, blank, comments) + self._comment(blank.feedback, blank.misconception)
        return solution, expected(self, blank)

    def _blank_label(self, blank: Blank, number: int) -> str:
        voice, parts = self.voice, []
        if number:
            parts.append(voice.say("exam.blank", n=number))
        if blank.weight > 1:
            parts.append(voice.say("key.weight", n=blank.weight))
        return f'<p class="label"{voice.mark}>{", ".join(parts)}</p>\n' if parts else ""
