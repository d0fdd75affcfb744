"""Problems of an Open edX course as its grader sees them, and responses as their inputs send them."""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
from collections.abc import Sequence
from typing import Any

from lxml import etree

from quizforge.api import export
from quizforge.exporters.arrange import choice_order, left_order, right_order
from quizforge.exporters.base import Env, Export, ModeOptions
from quizforge.exporters.idents import ncname
from quizforge.exporters.lower import Lowered
from quizforge.exporters.olx.admission import admit
from quizforge.exporters.words import words
from quizforge.markup import blank_names
from quizforge.model.bank import Bank
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse
from tests.tools import external


def files_of(made: Export) -> dict[str, bytes]:
    """Every file of a course by its name; empty where there is none."""
    if not made.files:
        return {}
    with tarfile.open(fileobj=io.BytesIO(made.files[0].data)) as archive:
        streams = {entry.name: archive.extractfile(entry) for entry in archive.getmembers()}
        return {name: stream.read() for name, stream in streams.items() if stream is not None}


def exported(bank: Bank, mode: Any = "exam") -> Export:
    """A bank as a course."""
    return export(bank, "olx", options=ModeOptions(mode=mode), env=Env())


def problem_of(files: dict[str, bytes], bank: Bank, question: Question) -> str:
    """The XML of a question's problem."""
    return files[f"course/problem/{ncname(bank.id, question.id, prefix='p')}.xml"].decode()


def sent(xml: str, question: Question, response: Any, bank: Bank) -> dict[str, Any]:
    """A response as the page of a problem would send it: answers by the position of their input.

    Args:
        xml: The problem.
        question: As it stands in the bank; it is lowered here as the exporter lowers it.
        response: To the question as it stands in the bank; None for nothing at all.
        bank: Its bank.
    """
    lowered = admit(question, bank=bank.id, words=words(bank.header.language))
    assert isinstance(lowered, Lowered)
    response = lowered.translate(response)
    return {} if response is None else _sent(etree.fromstring(xml), lowered.question, response, bank)


def _sent(tree: Any, question: Question, response: Any, bank: Bank) -> dict[str, Any]:
    if isinstance(question, SingleChoice | MultipleAnswer):
        order = choice_order(question.choices, (bank.id, question.id), shuffle=question.shuffle)
        if isinstance(question, SingleChoice):
            names = [choice.get("name") for choice in tree.iter("choice")]
            return {"0": f"choice_{names[order.index(response)]}"}
        # Check boxes are named by their position, whatever the file says (responsetypes.py, assign_choice_names).
        return {"0": [f"choice_{order.index(index)}" for index in sorted(response)]} if response else {}
    if isinstance(question, TrueFalse):
        return {"0": f"choice_{str(response).lower()}"}
    if isinstance(question, Matching):
        rights, lists = right_order(question, bank.id), list(tree.iter("optioninput"))
        return {
            str(place): _option(lists[place], rights.index(response[index]))
            for place, index in enumerate(left_order(question, bank.id))
            if response[index] is not None
        }
    if isinstance(question, Cloze):
        return _filled(tree, question, response, bank)
    return {"0": response}


def _filled(tree: Any, question: Cloze, response: Any, bank: Bank) -> dict[str, Any]:
    inputs = list(tree.iter("optioninput", "textline", "formulaequationinput"))
    answers = {}
    for place, (name, _, _) in enumerate(blank_names(question.stem)):
        given = response.get(name)
        if isinstance(given, int):
            choices = question.blanks[name].choices
            order = choice_order(choices, (bank.id, question.id, name), shuffle=question.shuffle)
            answers[str(place)] = _option(inputs[place], order.index(given))
        elif given is not None:
            answers[str(place)] = given
    return answers


def _option(listed: Any, place: int) -> str:
    """What a drop-down list sends for the option at a place: its text."""
    text: str = listed.findall("option")[place].text
    return text.strip()


def graded(problems: Sequence[tuple[str, Sequence[dict[str, Any]]]]) -> list[list[float | str]]:
    """The shares of the points that Open edX's grader gives, or its errors."""
    asked = json.dumps([{"xml": xml, "responses": list(responses)} for xml, responses in problems])
    python = external.openedx()
    assert python is not None
    run = subprocess.run(
        [python, external.EXTERNAL / "openedx_grade.py"],
        input=asked,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    found: list[list[float | str]] = json.loads(run.stdout)
    return found
