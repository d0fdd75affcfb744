"""Banks and quizzes written inside a test, and what may never be wrong with the forms that come of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import dedent

from quizforge.assembly.assemble import Assembly, assemble
from quizforge.assembly.forms import key_slot
from quizforge.assembly.keys import counts, longest_run
from quizforge.assembly.report import key_places
from quizforge.loading.quizzes import LoadedQuizzes, QuizSource, load_quizzes
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.quiz import Quiz
from quizforge.model.shelf import key_of

HEAD = "quiz: 1\nid: exam\ntitle: Exam\n"


def question(name: str, **fields: object) -> str:
    """One line of a bank: a question with four options."""
    given = {"difficulty": "medium", "bloom": "apply", **fields}
    more = "".join(f", {key}: {value}" for key, value in given.items())
    choices = f"[{{text: yes {name}, correct: true}}, no {name}, perhaps {name}, never {name}]"
    return f"  - {{id: {name}, type: single_choice, stem: About {name}, choices: {choices}{more}}}\n"


def bank(questions: Iterable[str], *, name: str = "pool", head: str = "") -> str:
    """A whole bank."""
    return f"schema: 1\nid: {name}\ntitle: {name.title()}\n{head}questions:\n{''.join(questions)}"


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files below a folder; a quiz gets its head."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        head = HEAD if path.parent.name == "quizzes" and path.suffix == ".yaml" else ""
        path.write_text(head + dedent(text), encoding="utf-8")


def load(folder: Path, questions: Iterable[str], quiz: str, **more: str) -> LoadedQuizzes:
    """A bank and a quiz of it."""
    head = more.pop("head", "")
    write(folder, {"bank.yaml": bank(questions, head=head), "quizzes/exam.yaml": quiz, **more})
    return load_quizzes([folder / "quizzes" / "exam.yaml"])


def source(folder: Path, questions: Iterable[str], quiz: str, **more: str) -> QuizSource:
    """The quiz, which must be free of errors."""
    loaded = load(folder, questions, quiz, **more)
    assert loaded.ok, loaded.diagnostics
    return loaded.quizzes[0]


def made(folder: Path, questions: Iterable[str], quiz: str, **more: str) -> Assembly:
    """The forms, which must come about."""
    found = assemble(source(folder, questions, quiz, **more))
    assert found.ok, [problem.message for problem in found.problems]
    return found


def ids(form: Quiz) -> list[str]:
    """The ids of a form's questions in order."""
    return [item.question.id for item in form.items]


def assert_sound(found: Assembly) -> None:
    """No form holds a question twice, enemies or two of a family; each question shown is the one in the bank."""
    for form in found.forms:
        keys = [key_of(item) for item in form.items]
        assert len(keys) == len(set(keys))
        families = [(item.bank.id, item.source.family) for item in form.items if item.source.family]
        assert len(families) == len(set(families))
        for item in form.items:
            assert not {(item.bank.id, enemy) for enemy in item.source.enemies} & set(keys)
            assert item.source is item.bank.question_by_id[item.question.id]


def assert_keys_balanced(form: Quiz) -> None:
    """Places of the keys differ by one at most for each number of options, and no run is longer than three."""
    items = [item for item in form.items if isinstance(item.question, SingleChoice)]
    slots, places = [key_slot(item.source) for item in items], key_places(items)
    for held in counts(slots, places).values():
        assert max(held) - min(held) <= 1, held
    assert longest_run(places) <= 3
