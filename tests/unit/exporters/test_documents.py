"""Word and LaTeX: real numbering, native formulas, alternative texts, and nothing of the key in the exam."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from quizforge.api import export
from quizforge.errors import EnvironmentFault
from quizforge.exporters.base import Export
from quizforge.exporters.documents import pandoc
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import IMAGE_REFUSED
from tests.tools import samples
from tests.tools.inline_bank import load

_BODY = """\
scenarios:
  - {id: lab, title: The lab, text: Two flasks.}
questions:
  - id: one
    type: single_choice
    stem: "What is $x^2$ at 3?"
    points: 1.5
    choices: [{text: "9", correct: true, feedback: Squared.}, "6"]
  - {id: many, type: multiple_answer, stem: Tick, choices: [{text: a, correct: true}, b, c], points: 2}
  - {id: odd, type: true_false, stem: So?, answer: true, points: 0.75, scenario: lab}
  - {id: lines, type: essay, stem: "Write 50% of `\\\\input{x}` & more", lines: 4}
"""


def _bank(folder: Path, body: str = _BODY) -> Bank:
    loaded = load(folder, body)
    assert loaded.ok, loaded.diagnostics
    return loaded.banks[0]


def _sources(made: Export) -> tuple[str, str]:
    exam, key = (file.data.decode() for file in made.files[:2])
    return exam, key


def _document(data: bytes, member: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(member).decode()


def test_latex_uses_the_commands_of_its_class(tmp_path: Path) -> None:
    """Questions count their points, several right answers have boxes, lines are ruled, numbering goes on."""
    exam, _ = _sources(export(_bank(tmp_path), "latex"))

    assert "{exam}" in exam
    assert exam.index(r"\tracinglostchars=3") < exam.index(r"\begin{document}")
    assert re.findall(r"\\question(?:\[.*?\])?", exam) == [
        r"\question[1\half]",
        r"\question[2]",
        r"\question",  # the class counts whole and half points only
        r"\question[1]",
    ]
    assert exam.count(r"\begin{choices}") == 1
    assert exam.count(r"\begin{checkboxes}") == 2
    assert r"\fillwithlines{32mm}" in exam
    assert exam.index(r"\setcounter{question}{2}") > exam.index("Two flasks")
    assert r"\(x^{2}\)" in exam


def test_what_lualatex_leaves_out_is_told() -> None:
    """The export says where to look for characters that a font lacks."""
    bank = samples.loaded(samples.FOLDER / "single_choice" / "hostile.yaml").banks[0]

    assert any("Missing character" in note for note in export(bank, "latex").notes)


def test_key_alone_marks_what_is_right(tmp_path: Path) -> None:
    """The exam's source tells nothing, and the key's prints its answers."""
    exam, key = _sources(export(_bank(tmp_path), "latex"))

    assert ("CorrectChoice" in exam, "printanswers" in exam, "Squared" in exam) == (False, False, False)
    assert (key.count(r"\CorrectChoice"), r"\printanswers" in key, "Squared" in key) == (3, True, True)


def test_no_text_becomes_a_command(tmp_path: Path) -> None:
    """What an author writes is text, whatever LaTeX would make of it."""
    exam, _ = _sources(export(_bank(tmp_path), "latex"))

    assert r"50\% of" in exam
    assert r"\input{" not in exam
    assert r"backslash{}input\{x\}" in exam


def test_word_numbers_its_questions_and_options(tmp_path: Path) -> None:
    """Numbers and letters are those of Word's lists, formulas its own, and the exam tells nothing of the key."""
    exam, key = export(_bank(tmp_path), "word").files
    document, numbering = _document(exam.data), _document(exam.data, "word/numbering.xml")

    assert document.count("<w:numPr>") >= 4 + 2 + 3
    assert 'w:val="decimal"' in numbering
    assert 'w:val="upperLetter"' in numbering
    assert "<m:oMath>" in document
    assert (exam.audience, "Squared" in document) == ("student-exam", False)
    assert (key.audience, "Squared" in _document(key.data)) == ("staff", True)


def test_images_have_their_alternative_text() -> None:
    """An image goes along, with what it shows in words; LaTeX gets it as a file of its own."""
    bank = samples.loaded(samples.FOLDER.parent / "golden" / "all-types" / "bank").banks[0]
    word, latex = export(bank, "word"), export(bank, "latex")

    assert 'descr="A grey ramp from dark to light"' in _document(word.files[0].data)
    (image,) = latex.files[2:]
    assert image.audience == "student-exam"
    assert image.name in latex.files[0].data.decode()
    assert "A grey ramp from dark to light" in latex.files[0].data.decode()


@pytest.mark.parametrize("name", ["word", "latex"])
def test_image_that_cannot_be_shown_is_refused(name: str, tmp_path: Path) -> None:
    """A drawing in SVG stops the export, at the text that shows it."""
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    bank = _bank(tmp_path, "questions:\n  - {id: q, type: true_false, stem: 'See ![it](a.svg)', answer: true}\n")
    made = export(bank, name)

    assert made.files == ()
    assert [(found.code, found.at) for found in made.problems] == [(IMAGE_REFUSED, ("stem",))]


def test_missing_pandoc_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the program the user is told what to install."""
    bank = _bank(tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    pandoc._program.cache_clear()
    try:
        with pytest.raises(EnvironmentFault, match="not installed") as caught:
            export(bank, "word")
    finally:
        pandoc._program.cache_clear()

    assert "quizforge[word]" in caught.value.hint
