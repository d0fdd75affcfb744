"""Running the rules on the forms of an exam: questions as students will meet them, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quizforge.lint.engine import item_problems, weighed
from quizforge.lint.item import Item
from quizforge.lint.rule import BankRule, Collection, ItemRule, Rule
from quizforge.lint.settings import Choice, Plan, plan
from quizforge.loading.bank import suppressed
from quizforge.loading.quizzes import SUBJECT, QuizSource
from quizforge.loading.yaml.nodes import Document
from quizforge.model.diagnostic import Code, Diagnostic, Path, Problem, Severity
from quizforge.model.quiz import Item as Shown
from quizforge.model.quiz import Quiz
from quizforge.model.shelf import key_of


@dataclass(frozen=True)
class ExamReview:
    """What became of one quiz.

    Attributes:
        diagnostics: What the rules found, sorted by place, without what is allowed.
        plan: The rules that ran.
        forms: Title of each form, and its questions.
    """

    diagnostics: tuple[Diagnostic, ...]
    plan: Plan
    forms: tuple[tuple[str, Collection], ...]


class FormItem(Item):
    """A question of a form: its findings stand at its place in its bank.

    Attributes:
        shown: The question in the form.
    """

    def __init__(self, shown: Shown, *, as_written: bool = False) -> None:
        super().__init__(shown.source if as_written else shown.question, language=shown.bank.header.language)
        self.shown = shown
        self._orders = {} if as_written else shown.orders

    def problem(  # as the base
        self,
        code: Code,
        message: str,
        *,
        at: Path = ("stem",),
        phrase: str = "",
        hint: str = "",
        severity: Severity | None = None,
    ) -> Problem:
        """A finding about this question; an option that stands elsewhere in the form is found in the bank."""
        found = super().problem(code, message, at=at, phrase=phrase, hint=hint, severity=severity)
        subject = ("questions", "/".join(key_of(self.shown)))
        return replace(found, subject=subject, at=self._in_bank(found.at))

    def _in_bank(self, at: Path) -> Path:
        named = f"blanks.{at[1]}" if at[:1] == ("blanks",) and len(at) > 1 else str(at[0])
        order = self._orders.get({"pairs": "left"}.get(named, named), ())
        index = 3 if at[0] == "blanks" else 1
        step = at[index] if len(at) > index else None
        return (*at[:index], order[step], *at[index + 1 :]) if isinstance(step, int) and order else at


def review_forms(
    source: QuizSource,
    forms: Sequence[Quiz],
    rules: Sequence[Rule],
    *,
    documents: Iterable[Document],
    choices: Sequence[Choice],
) -> ExamReview:
    """Run the rules on the forms of a quiz: those about questions once on each, those about exams on each form.

    Args:
        source: The quiz file and its banks.
        forms: As they were assembled.
        rules: All that there are.
        documents: The files of the quiz and its banks, whose comments allow findings.
        choices: What projects, banks and the command line say, the farthest place first.
    """
    chosen = plan(rules, choices)
    parts = tuple((_title(form, len(forms)), _collection(source, form)) for form in forms)
    found = dict.fromkeys(_problems(forms, [part for _, part in parts], chosen))
    located = [source.locate(weighed(problem, chosen)) for problem in found]
    return ExamReview(suppressed(located, documents, ran=lambda _: False), chosen, parts)


def _problems(forms: Sequence[Quiz], parts: Sequence[Collection], chosen: Plan) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    of_forms: dict[Problem, list[str]] = {}
    for form, part in zip(forms, parts, strict=True):
        spoken = list(chosen.speaking(form.language))
        about_items = [(rule, given) for rule, given in spoken if isinstance(rule, ItemRule)]
        for shown in form.items:
            if key_of(shown) not in seen:
                seen.add(key_of(shown))
                yield from item_problems(FormItem(shown, as_written=True), about_items)
        for rule, given in spoken:
            if isinstance(rule, BankRule) and rule.exams:
                for problem in rule.check(part, given):
                    if problem.subject == part.subject:
                        of_forms.setdefault(problem, []).append(form.form or "")
                    else:
                        yield problem
    for problem, codes in of_forms.items():
        named = f"form{'s' if len(codes) > 1 else ''} {', '.join(codes)}: " if len(forms) > 1 else ""
        yield replace(problem, message=f"{named}{problem.message}")


def _collection(source: QuizSource, form: Quiz) -> Collection:
    items = tuple(FormItem(shown) for shown in form.items)
    first, *others = source.shelf.banks
    return Collection(first, items, whole=False, exam=True, others=tuple(others), subject=(SUBJECT, source.file.id))


def _title(form: Quiz, count: int) -> str:
    return f"{form.title}, form {form.form}" if count > 1 else form.title
