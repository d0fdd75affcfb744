"""What is exported to Moodle scores there what it scores in the bank, or less where a warning says so."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizforge.api import export
from quizforge.exporters.moodle_xml.cloze import multiple_response
from quizforge.exporters.moodle_xml.pen import Pen
from quizforge.exporters.words import words
from quizforge.markup import Markup
from quizforge.model.bank import Bank, Header
from quizforge.model.codes.fidelity import NUMBER_ROUNDED, SCORE_LOWERED
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.numerical import Numerical, read_number
from quizforge.model.questions.option import Choice
from tests.tools.moodle_cloze import gaps_of
from tests.tools.moodle_reader import read
from tests.tools.moodle_replay import Replay
from tests.tools.question_strategies import make, questions, responses

_SCORES_DIFFER = {SCORE_LOWERED, NUMBER_ROUNDED}


def bank_of(*found: Question) -> Bank:
    """A bank of some questions."""
    header = Header.model_validate({"schema": "1", "id": "bank", "title": "Bank"})
    return Bank(header=header, questions=found)


def reads_alike(question: Question, response: Any) -> bool:
    """Whether Moodle reads the numbers of a response as the bank does.

    It takes the number at the start of a text that is none, and on an English site a comma parts thousands.
    """
    if isinstance(question, Numerical):
        typed = [(response, question.unit)]
    elif isinstance(question, Cloze):
        blanks = question.blanks
        typed = [(text, blanks[name].unit) for name, text in (response or {}).items() if blanks[name].kind == "number"]
    else:
        return True
    given = [(str(text), unit) for text, unit in typed if text is not None and str(text).strip()]
    return all(read_number(text, unit=unit) is not None and "," not in text for text, unit in given)


@settings(max_examples=300)
@given(st.data())
def test_no_response_earns_more_in_moodle(data: st.DataObject) -> None:
    """The file is read back without a fault, and every response earns what it did, or less with a warning."""
    question = data.draw(questions())
    bank = bank_of(question)
    found = export(bank, "moodle-xml")
    assume(found.files)
    (moodle,) = read(found.files[0].data).questions
    response = data.draw(responses(question))
    assume(reads_alike(question, response))
    earned = Replay(bank).score(question, moodle, response)
    due = float(question.score(response))

    assert earned <= due + 1e-6
    if not any(problem.code in _SCORES_DIFFER for problem in found.problems):
        assert abs(earned - due) < 1e-6


_GAP_TEXT = st.text(st.sampled_from("ab ~=#%{}\\&;<>\"':|1*$é\n"), min_size=1, max_size=12).filter(str.strip)


@settings(max_examples=300)
@given(st.lists(_GAP_TEXT, min_size=2, max_size=5, unique_by=lambda text: " ".join(text.split())), st.data())
def test_any_option_survives_a_gap(texts: list[str], data: st.DataObject) -> None:
    """Whatever stands in the options of a gap and in their feedback, Moodle decodes it to the same HTML."""
    bank = bank_of()
    pen = Pen(bank, Markup({}), words("en"))
    right = data.draw(st.integers(0, len(texts) - 1))
    choices = [Choice(text=text, correct=index == right, feedback=text) for index, text in enumerate(texts)]
    shown = [pen.inline(choice.text).strip() for choice in choices]
    assume(all(shown))
    options = [(choice, Fraction(choice.correct), index) for index, choice in enumerate(choices)]
    gap = multiple_response(options, 1, pen, shuffle=False)
    (found,) = gaps_of(f"<p>before {gap} after</p>")
    decoded = [re.sub("&#92;(?=[}#])", r"\\", answer.text) for answer in found.alternatives]

    assert decoded == shown
    assert [answer.fraction for answer in found.alternatives] == [float(choice.correct) for choice in choices]


@given(_GAP_TEXT)
def test_any_typed_answer_survives_a_gap(text: str) -> None:
    """An answer to be typed into a gap is accepted there as it is in the bank, or refused as an error."""
    question = make("cloze", {"id": "q", "stem": "Type [[it]]"}, blanks={"it": {"answers": [text]}})
    bank = bank_of(question)
    found = export(bank, "moodle-xml")
    if re.search(r"\\[}#]", text.strip()):
        assert not found.files
        return
    (moodle,) = read(found.files[0].data).questions
    assert moodle.gaps[0].alternatives[0].text == text.strip()
