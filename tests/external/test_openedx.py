"""Open edX's own grader gives what the bank gives, or less where a warning says so; its course checker is content."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from quizforge.model.bank import Bank, Header
from quizforge.model.codes.fidelity import LOOKS_ALIKE, NUMBER_ROUNDED, QUESTION_REFUSED, SCORE_LOWERED
from quizforge.model.question import Question
from tests.tools import external, openedx, samples
from tests.tools.question_strategies import questions

pytestmark = pytest.mark.external("openedx")

_LESS = (SCORE_LOWERED, NUMBER_ROUNDED, LOOKS_ALIKE)
_NEAR = Fraction(1, 10**6)


class Tried(NamedTuple):
    """A response, what the bank gives for it, and whether the export warned that Open edX may give less."""

    question: str
    response: Any
    ours: Fraction
    warned: bool


def _tried(bank: Bank) -> Iterator[tuple[str, list[dict[str, Any]], list[Tried]]]:
    """Each problem that a bank becomes, with its sample answers as inputs and as they are."""
    made = openedx.exported(bank)
    files = openedx.files_of(made)
    subjects = {code: {found.subject for found in made.problems if found.code is code} for code in _LESS}
    refused = {found.subject for found in made.problems if found.code is QUESTION_REFUSED}
    for one in bank.questions:
        subject = ("questions", one.id)
        if subject in refused or one.type == "information":
            continue
        warned = any(subject in found for found in subjects.values())
        xml = openedx.problem_of(files, bank, one)
        responses = [sample.response for sample in one.samples() if not _spans_lines(sample.response)]
        told = [Tried(one.id, each, one.score(each), warned) for each in responses]  # type: ignore[arg-type]  # its own
        yield xml, [openedx.sent(xml, one, each, bank) for each in responses], told


def _spans_lines(response: Any) -> bool:
    """Whether nobody can type a response into fields of one line."""
    typed = response.values() if isinstance(response, dict) else [response]
    return any(isinstance(each, str) and "\n" in each for each in typed)


def _differences(banks: Iterable[Bank]) -> list[tuple[Tried, float | str]]:
    """Responses that Open edX scores higher than the bank, or lower without a warning; the grader starts once."""
    problems = [found for bank in banks for found in _tried(bank)]
    earned = openedx.graded([(xml, responses) for xml, responses, _ in problems])
    pairs = [
        pair for (_, _, told), shares in zip(problems, earned, strict=True) for pair in zip(told, shares, strict=True)
    ]
    assert len(pairs) > len(problems)
    return [(tried, share) for tried, share in pairs if _differs(tried, share)]


def _differs(tried: Tried, share: float | str) -> bool:
    if isinstance(share, str):
        # What is no number to capa is handed back to the student, who may try again: it earns nothing.
        return not share.startswith("StudentInputError") or (tried.ours > 0 and not tried.warned)
    return share > tried.ours + _NEAR or (share < tried.ours - _NEAR and not tried.warned)


def test_samples_earn_what_the_bank_says() -> None:
    """Each sample answer to each sample question earns its share."""
    assert _differences(samples.banks()) == []


def test_any_questions_earn_what_the_bank_says() -> None:
    """The same for questions that nobody thought of."""
    drawn: list[Question] = []

    @settings(max_examples=200, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
    @given(questions())
    def draw(question: Question) -> None:
        drawn.append(question.model_copy(update={"id": f"q{len(drawn)}"}))

    draw()
    header = Header.model_validate({"schema": "1", "id": "drawn", "title": "Drawn"})
    kept = tuple(one for one in drawn if openedx.exported(Bank(header, questions=(one,))).files)
    assert len(kept) > 100

    assert _differences([Bank(header, questions=kept)]) == []


@pytest.mark.parametrize("mode", ["exam", "practice"])
def test_course_checker_finds_no_error(mode: str, tmp_path: Path) -> None:
    """``olxcleaner`` finds nothing wrong with a course of all sample questions."""
    bank = samples.loaded(samples.FOLDER / "matching" / "full.yaml").banks[0]
    for name, data in openedx.files_of(openedx.exported(bank, mode)).items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    python = external.openedx()
    assert python is not None
    command = [python, f"{Path(python).parent}/edx-cleaner", "-c", f"{tmp_path}/course/course.xml"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert "Loaded from" in run.stdout
    assert "ERROR" not in run.stdout, run.stdout
