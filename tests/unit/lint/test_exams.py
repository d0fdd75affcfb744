"""Forms of an exam under review: questions as shown, findings at their places in the banks."""

from __future__ import annotations

from pathlib import Path as FilePath

from quizforge.api import assemble
from quizforge.lint.exams import ExamReview, FormItem
from quizforge.lint.run import lint_forms
from quizforge.loading.quizzes import load_quizzes
from quizforge.model.bank import Bank, Header
from quizforge.model.diagnostic import Code, Path
from quizforge.model.quiz import Item as Shown
from tests.tools.question_strategies import make

_CHOICES = "choices: [{text: 'no, nowhere', correct: true}, in the north, in the south]"


def _bank(folder: FilePath, name: str, questions: str) -> None:
    (folder / name).mkdir()
    text = f"schema: 1\nid: {name}\ntitle: {name}\nquestions:\n{questions}"
    (folder / name / "bank.yaml").write_text(text, encoding="utf-8")


def _reviewed(folder: FilePath, quiz: str, *only: str) -> ExamReview:
    file = folder / "quizzes" / "exam.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"quiz: 1\nid: exam\ntitle: Exam\n{quiz}", encoding="utf-8")
    loaded = load_quizzes([file])
    assert loaded.ok, [found.message for found in loaded.diagnostics]
    source = loaded.quizzes[0]
    return lint_forms(source, assemble(source).forms, loaded=loaded, only=only)


def _places(review: ExamReview) -> list[tuple[str, str, int]]:
    return [(each.code.code, FilePath(each.place.path).parent.name, each.place.line) for each in review.diagnostics]


def test_questions_of_two_banks_meet(tmp_path: FilePath) -> None:
    """A cue from one bank to a question of the same id in the other stands in the bank that gives it."""
    asked = "- {id: q, type: short_answer, stem: Which city is the capital of Australia?, answers: [Canberra]}\n"
    given = "- id: other\n  type: true_false\n  stem: Canberra is the capital city of Australia.\n  answer: true\n"
    _bank(tmp_path, "first", asked)
    _bank(tmp_path, "second", given)

    found = _reviewed(tmp_path, "banks: [../first, ../second]\nsections: [{count: 2}]\n", "QF402")

    assert _places(found) == [("QF402", "second", 7)]


def test_option_is_found_where_the_bank_has_it() -> None:
    """A form shows options in another order; a finding at one stands at its place in the bank."""
    bank = Bank(Header.model_validate({"schema": "1", "id": "b", "title": "B"}))
    moved = {"choices": (2, 0, 1), "left": (1, 0), "blanks.here": (1, 0)}
    question = make("true_false", {"id": "q", "stem": "It is."}, answer="true")
    item = FormItem(Shown(question, bank, orders=moved))
    code = Code("QF999", "test", "info", "Test.")

    def place(*at: str | int) -> Path:
        return item.problem(code, "", at=at).at

    assert item.problem(code, "").subject == ("questions", "b/q")
    assert place("choices", 0, "text") == ("choices", 2, "text")
    assert place("choices") == ("choices",)
    assert place("pairs", 1, "left") == ("pairs", 0, "left")
    assert place("blanks", "here", "choices", 0, "text") == ("blanks", "here", "choices", 1, "text")
    assert place("blanks", "there", "choices", 0, "text") == ("blanks", "there", "choices", 0, "text")
    assert place("stem") == ("stem",)


def test_shuffled_forms_have_no_pattern_of_the_bank(tmp_path: FilePath) -> None:
    """Where the author wrote every key first, the form has them in balance, and nothing is to be said."""
    questions = "".join(
        f"- {{id: q{number}, type: single_choice, stem: Does river {number} end in the sea?, {_CHOICES}}}\n"
        for number in range(24)
    )
    _bank(tmp_path, "rivers", questions)

    assert _reviewed(tmp_path, "banks: [../rivers]\nsections: [{count: 24}]\n", "QF403").diagnostics == ()


def test_each_question_is_reviewed_once(tmp_path: FilePath) -> None:
    """Rules about single questions speak once, in however many forms the question stands."""
    question = (
        "- {id: q, type: single_choice, stem: Where does the Nile rise?, "
        "choices: [{text: in Africa, correct: true}, in Asia, {text: None of the above, pin: last}]}\n"
    )
    _bank(tmp_path, "rivers", question)

    found = _reviewed(tmp_path, "banks: [../rivers]\nforms: 3\nsections: [{questions: [q]}]\n", "QF202")

    assert [each.code.code for each in found.diagnostics] == ["QF202"]
    assert [title for title, _ in found.forms] == ["Exam, form A", "Exam, form B", "Exam, form C"]
