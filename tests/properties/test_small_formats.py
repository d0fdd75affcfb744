"""Whatever is asked, the small formats say it as the bank does, or leave it out and say so."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from quizforge.api import export
from quizforge.model.bank import Bank, Header
from quizforge.model.codes.fidelity import NUMBER_ROUNDED, QUESTION_REFUSED, SCORE_LOWERED
from quizforge.model.question import Question
from quizforge.model.questions.single_choice import SingleChoice
from tests.tools.question_strategies import make, questions, responses
from tests.tools.small_formats import READERS, SHOWN
from tests.tools.transfer import earned

_SCORES_DIFFER = {SCORE_LOWERED, NUMBER_ROUNDED}


def bank_of(*found: Question) -> Bank:
    """A bank of some questions."""
    header = Header.model_validate({"schema": "1", "id": "bank", "title": "Bank"})
    return Bank(header=header, questions=found)


@settings(max_examples=400)
@given(st.data(), st.sampled_from(sorted(READERS)))
def test_no_response_earns_more(data: st.DataObject, name: str) -> None:
    """A question is refused, or reads back, and then every response earns what it did, or less with a warning."""
    question = data.draw(questions())
    made = export(bank_of(question), name)
    codes = {problem.code for problem in made.problems}
    if not made.files:
        assert QUESTION_REFUSED in codes
        assert made.left_out
        return
    (there,) = READERS[name](made.files[0].data)
    response = data.draw(responses(question))
    due = question.score(response)
    share = earned(question, there, response, bank="bank", shown=SHOWN[name])

    assert share <= due
    if not codes & _SCORES_DIFFER:
        assert share == due


HOSTILE = st.lists(
    st.sampled_from(
        [
            "A) ", "B. ", "U.S. ", "ANSWER: A", "\n", "\n\n", "\t", " ", "=", "{", "}", "~", "#", ":", "->", "%50%",
            "::", "//", "$CATEGORY: x", "[html]", "[x]", "]]>", "&&058;", "&#58;", "&amp;", "List<int>", "a < b && c",
            '"', "'", ",", "\\", "\\n", "\\(x<y\\)", "%41", "@sum", "+1", "-1", "é", "你好", "مرحبا", "👩‍🔬", "*", "_",
            "`code`", "x", "NewQuestion", "TRUE", "MC", "\u00a0", "\u2028", "1. ",
        ]
    ),
    min_size=1,
    max_size=6,
).map("".join).filter(lambda text: bool(text.strip()))  # fmt: skip


@settings(max_examples=400)
@given(HOSTILE, st.lists(HOSTILE, min_size=2, max_size=4, unique_by=lambda text: " ".join(text.split()).casefold()))
def test_any_text_survives(stem: str, texts: list[str]) -> None:
    """Whatever stands in a stem and its choices, each format gives it back as plain text, or refuses the question."""
    choices = [{"text": text, "correct": not index} for index, text in enumerate(texts)]
    question = make("single_choice", {"id": "q", "stem": stem}, choices=choices)
    assert isinstance(question, SingleChoice)
    for name, read in READERS.items():
        made = export(bank_of(question), name)
        if not made.files:
            assert [problem.code for problem in made.problems].count(QUESTION_REFUSED) == 1
            continue
        (there,) = read(made.files[0].data)
        assert isinstance(there, SingleChoice)
        assert sorted(choice.text for choice in there.choices) == sorted(map(SHOWN[name], texts))
        assert there.choices[there.key].text == SHOWN[name](texts[0])
