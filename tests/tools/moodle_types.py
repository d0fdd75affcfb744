"""Reading and scoring of Moodle's question types, for the test reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.tools.moodle_cloze import Alternative, gaps_of, grade_number, grade_text
from tests.tools.moodle_model import MoodleQuestion
from tests.tools.moodle_texts import filled, fraction, number, plain, switch, text_of
from tests.tools.moodle_xmlize import ImportFault, Node

_COMMON = {"name", "questiontext", "generalfeedback", "penalty", "hidden", "idnumber", "hint", "tags", "defaultgrade"}
_COMBINED = {"correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"}
_MULTICHOICE = {"single", "shuffleanswers", "answernumbering", "showstandardinstruction", "shownumcorrect", "answer"}
_ORDERING = {
    "layouttype", "selecttype", "selectcount", "gradingtype", "showgrading", "numberingstyle", "shownumcorrect",
    "answer",
}  # fmt: skip
_ESSAY = {
    "responseformat", "responserequired", "responsefieldlines", "minwordlimit", "maxwordlimit", "attachments",
    "attachmentsrequired", "maxbytes", "filetypeslist", "graderinfo", "responsetemplate",
}  # fmt: skip
_NUMERICAL = {"answer", "units", "unitgradingtype", "unitpenalty", "showunits", "unitsleft"}
ELEMENTS: Mapping[str, set[str]] = {
    "multichoice": _COMMON | _COMBINED | _MULTICHOICE,
    "truefalse": _COMMON | {"answer"},
    "shortanswer": _COMMON | {"usecase", "answer"},
    "numerical": _COMMON | _NUMERICAL,
    "matching": _COMMON | _COMBINED | {"shuffleanswers", "shownumcorrect", "subquestion"},
    "ordering": _COMMON | _COMBINED | _ORDERING,
    "cloze": _COMMON - {"defaultgrade"},
    "essay": (_COMMON - {"hint"}) | _ESSAY,
    "description": _COMMON - {"hint"},
}
_GRADING = {
    "ALL_OR_NOTHING", "ABSOLUTE_POSITION", "RELATIVE_NEXT_EXCLUDE_LAST", "RELATIVE_NEXT_INCLUDE_LAST",
    "RELATIVE_ONE_PREVIOUS_AND_NEXT", "RELATIVE_ALL_PREVIOUS_AND_NEXT", "LONGEST_ORDERED_SUBSET",
    "LONGEST_CONTIGUOUS_SUBSET", "RELATIVE_TO_CORRECT",
}  # fmt: skip


def _combined(node: Node, question: MoodleQuestion) -> None:
    question.feedbacks |= {tag: text_of(node.one(tag), question.files) for tag in sorted(_COMBINED)}


def _multichoice(node: Node, question: MoodleQuestion) -> None:
    _combined(node, question)
    question.settings |= {tag: switch(node, tag) for tag in ("single", "shuffleanswers")}
    if node.word("answernumbering") not in {"abc", "ABCD", "123", "iii", "IIII", "none"}:
        raise ImportFault("answernumbering")
    answers = []
    for answer in node.all("answer"):
        text = filled(text_of(answer, question.files, extra={"feedback"}), "choice")
        answers.append(Alternative(text, fraction(answer), text_of(answer.one("feedback"), question.files)))
    question.answers = tuple(answers)
    fractions = [answer.fraction for answer in answers]
    if len(answers) < 2:
        raise ImportFault("fewer than two choices")
    if question.settings["single"] == "true" and (max(fractions) != 1 or min(fractions) < 0):
        raise ImportFault(f"single choice with fractions {fractions}")
    if question.settings["single"] == "false" and sum(value for value in fractions if value > 0) < 0.999999:
        raise ImportFault(f"positive fractions add up to {sum(value for value in fractions if value > 0)}")


def _true_false(node: Node, question: MoodleQuestion) -> None:
    answers = {}
    for answer in node.all("answer"):
        verdict = plain(answer)
        answers[verdict] = Alternative(verdict, fraction(answer), text_of(answer.one("feedback"), question.files))
    if sorted(answers) != ["false", "true"] or sorted(a.fraction for a in answers.values()) != [0, 1]:
        raise ImportFault(f"answers of a true/false question: {sorted(answers)}")
    if question.penalty != 1:
        raise ImportFault("a true/false question has penalty 1")
    question.answers = (answers["true"], answers["false"])


def _short_answer(node: Node, question: MoodleQuestion) -> None:
    question.settings["usecase"] = node.word("usecase")
    if question.settings["usecase"] not in {"0", "1"}:
        raise ImportFault("usecase")
    question.answers = tuple(
        Alternative(plain(answer), fraction(answer), text_of(answer.one("feedback"), question.files))
        for answer in node.all("answer")
    )
    if 1.0 not in [answer.fraction for answer in question.answers]:
        raise ImportFault("no short answer earns everything")


def _numerical(node: Node, question: MoodleQuestion) -> None:
    answers = []
    for answer in node.all("answer"):
        value = plain(answer)
        number(value, float("-inf"), float("inf"))
        room = number(answer.word("tolerance"), 0, float("inf"))
        feedback = text_of(answer.one("feedback"), question.files)
        answers.append(Alternative(value, fraction(answer), feedback, room))
    question.answers = tuple(answers)
    question.settings |= {tag: node.word(tag) for tag in sorted(_NUMERICAL - {"answer", "units"})}
    if node.has("units"):
        unit = node.one("units").one("unit")
        if float(unit.word("multiplier")) != 1:
            raise ImportFault("no unit with multiplier 1")
        question.unit = filled(unit.word("unit_name"), "unit")
        if len(question.unit) > 50:
            raise ImportFault("a unit of more than 50 characters")
    if (question.unit is None) != (question.settings["showunits"] == "3"):
        raise ImportFault("showunits does not fit the units")


def _matching(node: Node, question: MoodleQuestion) -> None:
    _combined(node, question)
    question.settings["shuffleanswers"] = switch(node, "shuffleanswers")
    stems, rights, offered = [], [], []
    for pair in node.all("subquestion"):
        stem = text_of(pair, question.files, extra={"answer"})
        right = filled(pair.one("answer").word("text"), "right side")
        if len(right) > 255:
            raise ImportFault("a right side of more than 255 characters")
        offered.append(right)
        if stem:
            stems.append(stem)
            rights.append(right)
    question.stems, question.rights = tuple(stems), tuple(rights)
    question.offered = tuple(dict.fromkeys(offered))


def _ordering(node: Node, question: MoodleQuestion) -> None:
    _combined(node, question)
    question.settings |= {tag: node.word(tag) for tag in sorted(_ORDERING - {"answer"})}
    items = [filled(text_of(answer, question.files), "item") for answer in node.all("answer")]
    if len(items) < 2 or len(set(items)) < len(items):
        raise ImportFault("fewer than two items, or two that are the same")
    if question.settings["gradingtype"] not in _GRADING or question.settings["selecttype"] != "ALL":
        raise ImportFault(f"settings {question.settings}")
    if question.settings["shownumcorrect"] != "1" or question.settings["selectcount"] != str(len(items)):
        raise ImportFault(f"settings {question.settings}")
    question.answers = tuple(Alternative(item, 0.0) for item in items)


def _cloze(_: Node, question: MoodleQuestion) -> None:
    question.gaps = gaps_of(question.text)
    question.mark = float(sum(gap.mark for gap in question.gaps))
    if "@@PLUGINFILE@@" in "".join(a.text + a.feedback for gap in question.gaps for a in gap.alternatives):
        raise ImportFault("an image inside a gap")
    if not question.mark:
        raise ImportFault("gaps without marks")


def _essay(node: Node, question: MoodleQuestion) -> None:
    words = _ESSAY - {"graderinfo", "responsetemplate"}
    question.settings |= {child.tag: child.text for child in node.children if child.tag in words}
    if question.settings["responseformat"] not in {"editor", "editorfilepicker", "plain", "monospaced", "noinline"}:
        raise ImportFault("responseformat: crashes when shown")
    if question.settings["responsefieldlines"] not in {"2", "3", "5", "10", "15", "20", "25", "30", "35", "40"}:
        raise ImportFault("responsefieldlines")
    for tag in ("minwordlimit", "maxwordlimit"):
        if tag in question.settings and not question.settings[tag].isdecimal():
            raise ImportFault(tag)
    question.feedbacks["graderinfo"] = text_of(node.one("graderinfo"), question.files)
    template = node.one("responsetemplate")
    if template.has("file"):
        raise ImportFault("a response template cannot carry files")
    question.feedbacks["responsetemplate"] = text_of(template, question.files)


def _description(_: Node, question: MoodleQuestion) -> None:
    if question.mark:
        raise ImportFault("a description with a mark")


def _grade_choice(question: MoodleQuestion, response: object) -> float:
    if isinstance(response, int):
        return question.answers[response].fraction
    assert isinstance(response, frozenset)
    return min(max(sum(question.answers[index].fraction for index in response), 0.0), 1.0)


def _grade_true_false(question: MoodleQuestion, response: object) -> float:
    return question.answers[0 if response else 1].fraction


def _grade_typed(question: MoodleQuestion, response: object) -> float:
    assert isinstance(response, str)
    if question.kind == "numerical":
        return grade_number(question.answers, response)
    return grade_text(question.answers, response, usecase=question.settings["usecase"] == "1")


def _grade_matching(question: MoodleQuestion, response: object) -> float:
    assert isinstance(response, tuple)
    assert {side for side in response if side is not None} <= set(question.offered)
    right = sum(chosen == side for chosen, side in zip(response, question.rights, strict=True))
    return float(right) / len(question.rights)


def _grade_ordering(question: MoodleQuestion, response: object) -> float:
    assert isinstance(response, tuple)
    right = sum(item == place for place, item in enumerate(response))
    if question.settings["gradingtype"] == "ALL_OR_NOTHING":
        return float(right == len(question.answers))
    assert question.settings["gradingtype"] == "ABSOLUTE_POSITION"
    return float(right) / len(question.answers)


def _grade_cloze(question: MoodleQuestion, response: object) -> float:
    assert isinstance(response, tuple)
    earned = sum(gap.mark * gap.grade(part) for gap, part in zip(question.gaps, response, strict=True))
    return float(earned / question.mark)


READERS: Mapping[str, Callable[[Node, MoodleQuestion], None]] = {
    "multichoice": _multichoice,
    "truefalse": _true_false,
    "shortanswer": _short_answer,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
    "cloze": _cloze,
    "essay": _essay,
    "description": _description,
}
GRADERS: Mapping[str, Callable[[MoodleQuestion, object], float]] = {
    "multichoice": _grade_choice,
    "truefalse": _grade_true_false,
    "shortanswer": _grade_typed,
    "numerical": _grade_typed,
    "matching": _grade_matching,
    "ordering": _grade_ordering,
    "cloze": _grade_cloze,
}
