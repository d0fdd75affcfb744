"""Mending: what is safe, once, and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizforge.lint.fixing import Mended, mend
from quizforge.lint.run import lint
from quizforge.loading.bank import load_banks
from quizforge.model.bank import Bank
from quizforge.model.questions.single_choice import SingleChoice

_HEAD = "schema: 1\nid: b\ntitle: B\nquestions:\n"
_TEXTS = st.sampled_from(["1", "20", "3.5", "1/2", "-4", "1000", "none of these", "a word", "7 kg", "$8$"])


def _mended(text: str, only: tuple[str, ...] = ("QF206",)) -> tuple[str, Bank, Mended]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "bank.yaml"
        file.write_bytes(text.encode())
        loaded = load_banks([file])
        found = mend(loaded, lint(loaded, only=only), texts=not only)
        return next(iter(found.sources.values()), text), loaded.banks[0], found


def _question(drawn: tuple[list[str], int, str]) -> str:
    texts, key, style = drawn
    marks = [
        f"{{text: '{text}', correct: true}}" if index == key % len(texts) else f"'{text}'"
        for index, text in enumerate(texts)
    ]
    if style == "flow":
        return f"    choices: [{', '.join(marks)}]  # all of them\n"
    above = "      # of the next\n" if style == "comments" else ""
    lines = [f"{above}      - {mark}{'  # own' if style == 'comments' else ''}\n" for mark in marks]
    return f"    choices:\n{''.join(lines)}"


_QUESTIONS = st.lists(
    st.tuples(
        st.lists(_TEXTS, min_size=2, max_size=5, unique=True),
        st.integers(0, 9),
        st.sampled_from(["flow", "block", "comments"]),
    ).map(_question),
    min_size=1,
    max_size=3,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_QUESTIONS, st.sampled_from(["\n", "\r\n"]))
def test_mending_twice_is_mending_once(questions: list[str], ending: str) -> None:
    """Only the order of choices changes, no line is lost, and a second run finds nothing to do."""
    bodies = (f"  - id: q{n}\n    type: single_choice\n    stem: How many?\n{body}" for n, body in enumerate(questions))
    text = (_HEAD + "".join(bodies)).replace("\n", ending)
    once, before, _ = _mended(text)
    twice, after, again = _mended(once)

    assert twice == once
    assert again.fixed == 0
    assert len(once) == len(text)
    for one, other in zip(before.questions, after.questions, strict=True):
        assert isinstance(one, SingleChoice)
        assert isinstance(other, SingleChoice)
        assert Counter(map(repr, one.choices)) == Counter(map(repr, other.choices))
        assert one.model_copy(update={"choices": ()}) == other.model_copy(update={"choices": ()})


def test_blanks_and_several_files(tmp_path: Path) -> None:
    """Choices of a blank are put in order too, in whatever file of the bank they stand."""
    (tmp_path / "bank.yaml").write_text("schema: 1\nid: b\ntitle: B\n", encoding="utf-8")
    for name in ("x", "y"):
        body = "[{text: '3', correct: true}, '1', '2']"
        question = f"questions:\n- {{id: {name}, type: cloze, stem: '[[a]]', blanks: {{a: {{choices: {body}}}}}}}\n"
        (tmp_path / f"{name}.yaml").write_text(question, encoding="utf-8")
    loaded = load_banks([tmp_path])
    found = mend(loaded, lint(loaded))

    assert found.fixed == 2
    assert [text.split("choices: ")[1] for text in found.sources.values()] == [
        "['1', '2', {text: '3', correct: true}]}}}\n"
    ] * 2


def test_finding_that_is_allowed_or_not_asked_for_stays() -> None:
    """An author's reason counts more than a rule, and so does the choice of rules."""
    question = (
        "  - id: q\n    type: single_choice\n    stem: How many?\n    choices: ['3', {text: '1', correct: true}, '2']"
    )
    allowed, _, found = _mended(f"{_HEAD}{question}  # quizforge: allow[QF206] by date\n")
    assert found.fixed == 0
    assert allowed.endswith("by date\n")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "bank.yaml"
        file.write_text(f"{_HEAD}{question}\n", encoding="utf-8")
        loaded = load_banks([file])
        assert mend(loaded, lint(loaded, ignore=["QF206"])).fixed == 0


def test_pinned_and_meta_options_keep_their_places() -> None:
    """Numbers change places among themselves; what is pinned or speaks of the others stays."""
    question = (
        "  - id: q\n    type: single_choice\n    stem: How many?\n    choices:\n"
        "    - {text: '0', pin: first}\n    - '30'\n    - {text: '10', correct: true}\n    - '20'\n"
        "    - None of these\n"
    )
    once, _, _ = _mended(_HEAD + question)

    assert once.split("choices:\n")[1] == (
        "    - {text: '0', pin: first}\n    - {text: '10', correct: true}\n    - '20'\n    - '30'\n"
        "    - None of these\n"
    )


_TRAPS = """\
  - id: years
    type: information
    stem: |
      1969. That was the year of the landing.

      Crew:
      - Armstrong
      - Aldrin
  - id: folded
    type: true_false
    stem: "2024. Nobody was\\tthere."
    answer: true
    feedback: 1970. The year after the landing.
  - id: quoted
    type: true_false
    stem: "Crew:\\n- a\\n- b"
    answer: true
"""


def test_year_and_swallowed_list_in_texts() -> None:
    """A year gets its backslash, in any style of writing, and a list its blank line where the style can hold one."""
    once, before, found = _mended(_HEAD + _TRAPS, only=())
    twice, after, again = _mended(once, only=())

    assert (found.fixed, found.left) == (4, 1)
    assert once == _HEAD + _TRAPS.replace("1969.", "1969\\.").replace("1970.", "1970\\.").replace(
        '"2024.', '"2024\\\\.'
    ).replace("Crew:\n     ", "Crew:\n\n     ")
    assert twice == once
    assert (again.fixed, again.left) == (0, 1)
    assert [question.id for question in before.questions] == [question.id for question in after.questions]


def test_texts_stay_where_only_rules_are_asked_for() -> None:
    """``--only`` names rules, and checks of texts are none."""
    assert _mended(_HEAD + _TRAPS)[2].fixed == 0


def test_generated_files_are_left_to_their_model(tmp_path: Path) -> None:
    """What 'quizforge expand' wrote is written anew from the model, so that it is not mended by hand."""
    model = (
        "item_models:\n- id: m\n  type: single_choice\n  vars: {n: {range: [3, 4]}}\n"
        "  note: << n >>\n  stem: How many, << n >>?\n"
        "  choices: [{text: << n >>, correct: true}, '1', '2']\n"
    )
    (tmp_path / "bank.yaml").write_text(f"schema: 1\nid: b\ntitle: B\n{model}", encoding="utf-8")
    loaded = load_banks([tmp_path])
    written = {path: text for made in loaded.generated for path, text in made.texts.items()}
    assert written
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    loaded = load_banks([tmp_path])
    found = mend(loaded, lint(loaded, only=["QF206"]))

    assert (found.sources, found.fixed) == ({}, 0)
    assert found.left > 0
