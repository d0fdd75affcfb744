"""What Canvas' classic quiz importer makes of an item, and how classic quizzes score it.

Facts from ``gems/plugins/qti_exporter/lib/qti`` of canvas-lms (``choice_interaction.rb``, ``numeric_interaction.rb``,
``associate_interaction.rb``, ``fill_in_the_blank.rb``, ``extended_text_interaction.rb``), which reads what
instructure/QTIMigrationTool @7847455 made of the item, and from Canvas' guide on scoring.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from tests.tools.canvas_package import (
    QTI,
    Read,
    all_of,
    clipped,
    feedback_texts,
    linked,
    metadata,
    same_text,
    stem_of,
    text_below,
)

NO_TEXT = "No answer text provided."


def read(item: Any) -> Read:
    """An item as classic keeps it."""
    kind = metadata(item).get("question_type", "")
    base = {
        "ident": item.get("ident").replace(":", "-"),
        "title": item.get("title"),
        "points": metadata(item).get("points_possible", "1"),
        "stem": stem_of(item),
    }
    if kind == "text_only_question":
        return Read(kind=kind, **base)
    reader = _READERS.get(kind)
    if reader is None:
        return Read(kind="Error", **base)
    return Read(**base, feedback=_item_feedback(item), **reader(item, kind))


def _item_feedback(item: Any) -> dict[str, str]:
    """Feedback on the question: what it is for is told by words inside its ident."""
    found: dict[str, str] = {}
    for ident, html in feedback_texts(item).items():
        if re.search(r"wrong|incorrect|(_IC$)", ident, re.IGNORECASE):
            found["wrong"] = html
        elif re.search(r"correct|(_C$)", ident, re.IGNORECASE):
            found["right"] = html
        elif re.search(r"general_|_all", ident, re.IGNORECASE):
            found["general"] = html
    return found


def _first_feedback(condition: Any) -> str | None:
    names = linked(condition)
    return names[0] if names else None


def _conditions(item: Any) -> list[Any]:
    return all_of(item, "respcondition")


def _weight(condition: Any) -> int:
    """Any positive score is full marks."""
    return 100 if any(float(node.text) > 0 for node in all_of(condition, "setvar")) else 0


def _choice(item: Any, kind: str) -> dict[str, Any]:
    options, weights = {}, {}
    feedback: dict[str, str | None] = {}
    for label in all_of(item, "response_label"):
        text = text_below(label)
        bare = re.sub(r"</?[^>\n]*>", "", text).strip()
        options[label.get("ident")] = text if bare else f"{text}{NO_TEXT}"
        weights[label.get("ident")] = 0
    for condition in _conditions(item):
        conjunction = next(iter(all_of(condition, "and")), None)
        if conjunction is not None:
            for node in conjunction.iterfind(f"{QTI}varequal"):
                weights[node.text] = 100
                feedback.setdefault(node.text, _first_feedback(condition))
            continue
        node = next(iter(all_of(condition, "varequal")), None)
        if node is not None and node.text in weights:
            weights[node.text] = _weight(condition)  # also by a condition that only shows feedback
            feedback.setdefault(node.text, _first_feedback(condition))
    keys = {ident for ident, weight in weights.items() if weight}
    if kind == "true_false_question" and sorted(options.values()) != ["False", "True"]:
        kind = "multiple_choice_question"
    return {
        "kind": kind if keys else "Error",
        "options": options,
        "answer_feedback": _attached(item, feedback),
        "shown": {"right": keys},
        "score": _plus_minus(keys) if kind == "multiple_answers_question" else _one_of(keys),
    }


def _one_of(keys: set[str]) -> Callable[[Any], Fraction]:
    return lambda chosen: Fraction(int(chosen in keys))


def _plus_minus(keys: set[str]) -> Callable[[Any], Fraction]:
    """The points divided by the number of right options, for each right tick and off for each wrong one."""

    def score(ticked: Any) -> Fraction:
        chosen = set(ticked or ())
        return clipped(Fraction(len(chosen & keys) - len(chosen - keys), len(keys)))

    return score


def _attached(item: Any, links: Mapping[str, str | None]) -> dict[str, str]:
    texts = feedback_texts(item)
    return {key: texts[name] for key, name in links.items() if name in texts}


def _typed(item: Any, kind: str) -> dict[str, Any]:
    texts: list[str] = []
    links: dict[str, str | None] = {}
    for condition in _conditions(item):
        for node in all_of(condition, "varequal"):  # every text that any condition names is right
            if node.text not in texts:
                texts.append(node.text)
            if not links.get(node.text):
                links[node.text] = _first_feedback(condition)
    if not texts:
        return {"kind": "essay_question"}
    return {
        "kind": kind,
        "options": {text: text for text in texts},
        "answer_feedback": _attached(item, links),
        "score": lambda typed: Fraction(int(any(same_text(typed or "", text) for text in texts))),
    }


def _numerical(item: Any, kind: str) -> dict[str, Any]:
    answers: list[tuple[Decimal, Decimal]] = []
    links: dict[str, str | None] = {}
    for condition in _conditions(item):
        either = next(iter(all_of(condition, "or")), None)
        if either is None:
            continue  # a lone varequal gives no answer
        exact = either.find(f"{QTI}varequal").text
        upper = either.find(f"{QTI}and/{QTI}varlte").text
        answers.append((Decimal(exact), Decimal(upper) - Decimal(exact)))
        links[exact] = _first_feedback(condition)
    return {
        "kind": kind if answers else "Error",
        "options": {str(value): str(margin) for value, margin in answers},
        "answer_feedback": _attached(item, links),
        "shown": {"answers": answers},
        "score": lambda typed: Fraction(int(any(_near(typed, value, margin) for value, margin in answers))),
    }


def number_of(typed: Any) -> Fraction | None:
    """A number as both readers take it, or None."""
    try:
        return None if typed is None else Fraction(Decimal(str(typed).strip()))
    except (InvalidOperation, ValueError, OverflowError):
        return None


def _near(typed: Any, value: Decimal, margin: Decimal) -> bool:
    number = number_of(typed)
    return number is not None and abs(number - Fraction(value)) <= Fraction(margin)


def _matching(item: Any, kind: str) -> dict[str, Any]:
    lids = all_of(item, "response_lid")
    first = {label.get("ident"): text_below(label).strip() for label in all_of(lids[0], "response_label")}
    numbers = {ident: int(re.search(r"\d+", ident)[0]) for ident in first}  # type: ignore[index]  # ours have digits
    rights: dict[str, int] = {}
    links: dict[str, str | None] = {}
    for condition in _conditions(item):
        node = next(iter(all_of(condition, "varequal")), None)
        if node is None:
            continue
        links[node.get("respident")] = _first_feedback(condition)  # the last condition of a left side counts
        if any(one.get("action") == "Add" for one in all_of(condition, "setvar")):
            rights[node.get("respident")] = numbers[node.text]
    collide = len(set(numbers.values())) < len(numbers)
    return {
        "kind": kind if len(rights) == len(lids) and not collide else "Error",
        "lefts": {lid.get("ident"): text_below(lid) for lid in lids},
        "options": first,
        "answer_feedback": _attached(item, links),
        "shown": {"right": {left: next(i for i in numbers if numbers[i] == n) for left, n in rights.items()}},
        "score": lambda chosen: Fraction(
            sum(numbers.get(right) == rights[left] for left, right in (chosen or {}).items()), len(lids)
        ),
    }


def _blanks(item: Any, kind: str) -> dict[str, Any]:
    dropdown = kind == "multiple_dropdowns_question"
    blanks: dict[str, dict[str, str]] = {}
    for lid in all_of(item, "response_lid"):
        labels = {label.get("ident"): text_below(label).strip() for label in all_of(lid, "response_label")}
        blanks[re.sub(r"^response_", "", lid.get("ident"))] = labels
    right: set[str] = set() if dropdown else {ident for labels in blanks.values() for ident in labels}
    for condition in _conditions(item) if dropdown else ():
        if any(node.get("action") == "Add" for node in all_of(condition, "setvar")):
            right.add(all_of(condition, "varequal")[0].text)
    idents = [ident for labels in blanks.values() for ident in labels]
    texts = feedback_texts(item)
    sound = len(set(idents)) == len(idents) and all(f"[{name}]" in stem_of(item) for name in blanks)

    def score(response: Any) -> Fraction:
        earned = 0
        for name, given in (response or {}).items():
            labels = blanks[name]
            if dropdown:
                earned += given in right and given in labels
            else:
                earned += any(same_text(str(given), text) for text in labels.values())
        return Fraction(earned, len(blanks))

    return {
        "kind": kind if sound else "Error",
        "blanks": blanks,
        "answer_feedback": {ident: texts[f"{ident}_fb"] for ident in idents if f"{ident}_fb" in texts},
        "shown": {"right": right},
        "score": score,
    }


_READERS: Mapping[str, Callable[[Any, str], dict[str, Any]]] = {
    "multiple_choice_question": _choice,
    "multiple_answers_question": _choice,
    "true_false_question": _choice,
    "short_answer_question": _typed,
    "essay_question": _typed,
    "numerical_question": _numerical,
    "matching_question": _matching,
    "fill_in_multiple_blanks_question": _blanks,
    "multiple_dropdowns_question": _blanks,
}
