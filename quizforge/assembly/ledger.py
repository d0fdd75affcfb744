"""The ledger: which exam used which questions, in which state and when. A file that is kept and committed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizforge.errors import UsageError
from quizforge.model.codes.assembly import QUIZ_CHANGED
from quizforge.model.diagnostic import Problem
from quizforge.model.quiz import Quiz
from quizforge.model.shelf import Key, Shelf

VERSION = 1
_SHOWN = 8  # so many ids in one message


@dataclass(frozen=True, slots=True)
class Use:
    """One question in one form.

    Attributes:
        bank, id: Of the question.
        revision: Hash of what affected meaning or score at the time.
    """

    bank: str
    id: str
    revision: str

    @property
    def key(self) -> Key:
        """Bank and id."""
        return (self.bank, self.id)


@dataclass(frozen=True, slots=True)
class Exam:
    """One quiz that was assembled.

    Attributes:
        quiz: Its id.
        date: Day of the exam, ``2026-12-01``; empty where unknown.
        forms: The questions of each form in order, by its code.
    """

    quiz: str
    date: str
    forms: Mapping[str, tuple[Use, ...]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """All exams, in the order in which they were first assembled."""

    exams: tuple[Exam, ...] = ()

    def own(self, quiz: str) -> Exam | None:
        """What was recorded of a quiz."""
        return next((exam for exam in self.exams if exam.quiz == quiz), None)

    def used(self, *, besides: str, since: str | None = None) -> frozenset[Key]:
        """The questions that other exams used.

        Args:
            besides: Id of the quiz that does not count.
            since: Only exams on this day or later, and those without a day; None for all.
        """
        exams = (exam for exam in self.exams if exam.quiz != besides)
        counted = (exam for exam in exams if since is None or not exam.date or exam.date >= since)
        return frozenset(use.key for exam in counted for uses in exam.forms.values() for use in uses)

    def recorded(self, forms: Sequence[Quiz], *, quiz: str, date: str) -> Ledger:
        """The ledger with a quiz as it is now; a quiz that has not changed keeps its day."""
        exam = Exam(quiz, date, uses_of(forms))
        own = self.own(quiz)
        if own is None:
            return Ledger((*self.exams, exam))
        if own.forms == exam.forms:
            return self
        return Ledger(tuple(exam if old.quiz == quiz else old for old in self.exams))

    def dump(self) -> bytes:
        """The file: JSON with one line for each form, so that a change is read in a diff."""
        exams = []
        for exam in self.exams:
            forms = ",\n".join(
                f"      {json.dumps(code)}: [{', '.join(json.dumps([u.bank, u.id, u.revision]) for u in uses)}]"
                for code, uses in exam.forms.items()
            )
            head = f'"quiz": {json.dumps(exam.quiz)}, "date": {json.dumps(exam.date)}'
            exams.append(f'    {{{head}, "forms": {{\n{forms}\n    }}}}')
        body = ",\n".join(exams)
        return f'{{\n  "ledger": {VERSION},\n  "exams": [\n{body}\n  ]\n}}\n'.encode()


def uses_of(forms: Sequence[Quiz]) -> dict[str, tuple[Use, ...]]:
    """What the forms use, in order."""
    return {
        form.form or "": tuple(Use(item.bank.id, item.question.id, item.revision) for item in form.items)
        for form in forms
    }


def parse_ledger(data: bytes, *, source: str) -> Ledger:
    """Read a ledger.

    Args:
        data: As written by :meth:`Ledger.dump`.
        source: What the user calls the file; named in messages.

    Raises:
        UsageError: It is no ledger, or one of a later version.
    """
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"'{source}' is no ledger: it is not JSON ({error})", hint=_HINT) from error
    if not isinstance(tree, dict) or "ledger" not in tree:
        raise UsageError(f"'{source}' is no ledger", hint=_HINT)
    if tree["ledger"] != VERSION:
        message = f"'{source}' is a ledger of version {tree['ledger']!r}; this program reads version {VERSION}"
        raise UsageError(message, hint="use the program that wrote it, or a later one")
    try:
        return Ledger(tuple(_exam(exam) for exam in tree["exams"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"'{source}' is a damaged ledger: {error}", hint=_HINT) from error


_HINT = "take the file from version control again; 'quizforge assemble --ledger FILE' writes it"


def _exam(tree: Any) -> Exam:  # noqa: ANN401  # any JSON value
    forms = {str(code): tuple(_use(use) for use in uses) for code, uses in tree["forms"].items()}
    return Exam(_text(tree["quiz"]), _text(tree["date"]), forms)


def _use(tree: Any) -> Use:  # noqa: ANN401  # any JSON value
    bank, question, revision = tree
    return Use(_text(bank), _text(question), _text(revision))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{json.dumps(value)[:60]} where a text is expected")
    return value


def changes(exam: Exam, forms: Sequence[Quiz], shelf: Shelf) -> Iterator[Problem]:
    """What has changed since a quiz was assembled; nothing where it comes out as it did.

    Args:
        exam: What was recorded.
        forms: As they come out now.
        shelf: The banks as they are now.
    """
    now = uses_of(forms)
    if now == exam.forms:
        return
    changed, gone = _changed(exam, shelf)
    hint = "--renew assembles it anew and records that; without a change the same files come out"
    when = f" for {exam.date}" if exam.date else ""
    if changed or gone:
        parts = [f"changed: {_listed(changed)}"] if changed else []
        parts += [f"gone or retired: {_listed(gone)}"] if gone else []
        message = f"questions are not what they were when this quiz was assembled{when}; {'; '.join(parts)}"
    else:
        message = f"this quiz was assembled{when} with other questions or in another order"
    yield Problem(QUIZ_CHANGED, message, ("id",), hint=hint)


def _changed(exam: Exam, shelf: Shelf) -> tuple[list[str], list[str]]:
    items = {(item.bank.id, item.question.id): item for item in shelf.items()}
    changed: dict[str, None] = {}
    gone: dict[str, None] = {}
    for uses in exam.forms.values():
        for use in uses:
            item = items.get(use.key)
            if item is None or item.question.status == "retired":
                gone[f"{use.bank}/{use.id}"] = None
            elif item.revision != use.revision:
                changed[f"{use.bank}/{use.id}"] = None
    return list(changed), list(gone)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
