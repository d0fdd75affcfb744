"""What the reader of Canvas New Quizzes makes of an item, and how New Quizzes score it.

Facts from instructure/qti 2.27.0 @d575c4e (``lib/qti/v1/models``), and from Canvas' guides on scoring.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from tests.tools.canvas_classic import number_of
from tests.tools.canvas_package import (
    QTI,
    Read,
    all_of,
    clipped,
    feedback_texts,
    found,
    linked,
    metadata,
    same_text,
    stem_of,
    text_below,
)

_ITEM_FEEDBACK = {"general_fb": "general", "correct_fb": "right", "general_incorrect_fb": "wrong"}


def read(item: Any) -> Read:
    """An item as New Quizzes keep it."""
    fields = metadata(item)
    kind = fields.get("question_type", "")
    base = {
        "ident": item.get("ident"),
        "title": item.get("title"),
        "points": fields.get("points_possible", "1"),
        "stem": stem_of(item),
        "parent": fields.get("parent_stimulus_item_ident"),
    }
    if kind == "text_only_question":
        return Read(kind="stimulus", **base)
    reader = _READERS.get(kind)
    if reader is None:
        return Read(kind="Error", **base)
    feedback = {_ITEM_FEEDBACK[name]: html for name, html in feedback_texts(item).items() if name in _ITEM_FEEDBACK}
    return Read(**base, feedback=feedback, answer_feedback=_answer_feedback(item), **reader(item, fields))


def _answer_feedback(item: Any) -> dict[str, str]:
    """Feedback hangs on the answer that a condition names directly and links."""
    texts = feedback_texts(item)
    given: dict[str, str] = {}
    for condition in all_of(item, "respcondition"):
        node = condition.find(f"{QTI}conditionvar/{QTI}varequal")
        own = [name for name in linked(condition) if name not in _ITEM_FEEDBACK]
        if node is not None and own and own[0] in texts:
            given[node.text] = texts[own[0]]
    return given


def _shuffle(item: Any) -> dict[str, Any]:
    shuffled = any((node.get("shuffle") or "").lower() == "yes" for node in all_of(item, "render_choice"))
    locked = [label.get("ident") for label in all_of(item, "response_label") if label.get("lock") == "Yes"]
    return {"shuffled": shuffled, "locked": locked if shuffled else []}


def _options(item: Any) -> dict[str, str]:
    return {label.get("ident"): text_below(label) for label in all_of(item, "response_label")}


def _scored(item: Any) -> list[Any]:
    return [one for one in all_of(item, "respcondition") if any((node.text or "") for node in all_of(one, "setvar"))]


def _choice(item: Any, fields: Mapping[str, str]) -> dict[str, Any]:
    conjunction = next(iter(all_of(item, "and")), None)
    if conjunction is not None:
        keys = {node.text for node in conjunction.iterfind(f"{QTI}varequal")}
        exact = fields.get("scoring_algorithm") == "AllOrNothing"
        score: Callable[[Any], Fraction] = _exactly(keys) if exact else _partial(keys)
        points: dict[str, Fraction] = {}
    else:
        points = {all_of(one, "varequal")[0].text: Fraction(all_of(one, "setvar")[0].text) for one in _scored(item)}
        keys = {all_of(one, "varequal")[0].text for one in _scored(item) if one.get("correctanswer") == "Yes"}
        if fields.get("scoring_algorithm") == "VaryPointsByAnswer":
            score = _varied(points, Fraction(fields["points_possible"]))
        else:
            keys = set(points)
            score = _one_of(keys)
    return {
        "kind": "choice" if keys else "Error",
        "options": _options(item),
        "shown": {"right": keys, "points": points, **_shuffle(item)},
        "score": score,
    }


def _one_of(keys: set[str]) -> Callable[[Any], Fraction]:
    return lambda chosen: Fraction(int(chosen in keys))


def _varied(points: Mapping[str, Fraction], worth: Fraction) -> Callable[[Any], Fraction]:
    """The points of the answer, out of those of the question."""
    return lambda chosen: points.get(chosen, Fraction(0)) / worth if worth else Fraction(0)


def _exactly(keys: set[str]) -> Callable[[Any], Fraction]:
    return lambda ticked: Fraction(int(set(ticked or ()) == keys))


def _partial(keys: set[str]) -> Callable[[Any], Fraction]:
    """Partial credit with penalty, as the guide on multiple answer questions explains it."""

    def score(ticked: Any) -> Fraction:
        chosen = set(ticked or ())
        return clipped(Fraction(len(chosen & keys) - len(chosen - keys), len(keys)))

    return score


def _typed(item: Any, fields: Mapping[str, str]) -> dict[str, Any]:  # noqa: ARG001  # one signature for all
    accepted = [
        (node.text, node.get("case") == "Yes") for one in _scored(item) for node in found(one, "conditionvar/varequal")
    ]
    return {
        "kind": "fill_blank" if accepted else "Error",
        "options": {text: text for text, _ in accepted},
        "shown": {"case": {case for _, case in accepted}},
        "score": lambda typed: Fraction(int(any(_fits(typed, text, case=case) for text, case in accepted))),
    }


def _fits(typed: Any, text: str, *, case: bool) -> bool:
    given = str(typed or "")
    return given.strip() == text.strip() if case else same_text(given, text)


def _numerical(item: Any, fields: Mapping[str, str]) -> dict[str, Any]:  # noqa: ARG001  # one signature for all
    answers: list[tuple[Fraction, Fraction]] = []
    for one in _scored(item):
        equal, low, high = (next(iter(all_of(one, name)), None) for name in ("varequal", "vargte", "varlte"))
        if equal is None or low is None or high is None:
            return {"kind": "Error"}
        if (equal.text == low.text) != (equal.text == high.text):
            return {"kind": "Error"}
        margin = "0" if equal.text == low.text else equal.get("margin") or str(float(equal.text) - float(low.text))
        answers.append((Fraction(equal.text), Fraction(margin)))
    return {
        "kind": "numeric" if answers else "Error",
        "options": {str(value): str(margin) for value, margin in answers},
        "shown": {"answers": answers},
        "score": lambda typed: Fraction(
            int(any((n := number_of(typed)) is not None and abs(n - value) <= margin for value, margin in answers))
        ),
    }


def _matching(item: Any, fields: Mapping[str, str]) -> dict[str, Any]:
    options = _options(item)  # read as HTML
    right = {
        node.get("respident"): options[node.text]
        for one in _scored(item)
        for node in found(one, "conditionvar/varequal")
    }
    lids = all_of(item, "response_lid")
    exact = fields.get("scoring_algorithm") == "DeepEquals"

    def score(chosen: Any) -> Fraction:
        count = sum(options.get(label) == right[left] for left, label in (chosen or {}).items())
        return Fraction(int(count == len(lids))) if exact else Fraction(count, len(lids))

    return {
        "kind": "matching" if len(right) == len(lids) else "Error",
        "lefts": {lid.get("ident"): text_below(lid) for lid in lids},
        "options": options,
        "shown": {"right": right},
        "score": score,
    }


def _ordering(item: Any, fields: Mapping[str, str]) -> dict[str, Any]:  # noqa: ARG001  # one signature for all
    order = [node.text for node in all_of(item, "varequal")]
    ordered = all_of(item, "response_lid")[0].get("rcardinality") == "Ordered"
    return {
        "kind": "ordering" if ordered else "Error",
        "options": _options(item),
        "shown": {"order": order},
        "score": lambda chosen: Fraction(int(list(chosen or ()) == order)),
    }


def _blanks(item: Any, fields: Mapping[str, str]) -> dict[str, Any]:
    lids = all_of(item, "response_lid")
    rich = bool(next(iter(all_of(item, "response_label"))).get("scoring_algorithm"))
    dropdowns = fields["question_type"] == "multiple_dropdowns_question"
    labels = {lid.get("ident"): all_of(lid, "response_label") for lid in lids}
    names = {lid.get("ident"): lid.get("ident").removeprefix("response_") for lid in lids}
    key = {}
    for node in all_of(item, "varequal"):  # where kinds are mixed, the last one that names a blank
        key[node.get("respident")] = node.text
    if dropdowns:
        key = {
            node.get("respident"): node.text for one in _scored(item) for node in found(one, "conditionvar/varequal")
        }
    sound = all(f"[{name}]" in stem_of(item) for name in names.values()) and all(
        key.get(ident) in {label.get("ident") for label in labels[ident]} for ident in labels
    )
    sound = sound and (rich or all(text_of_material(lid) == names[lid.get("ident")] for lid in lids))

    def fits(ident: str, given: Any) -> bool:
        kinds = {label.get("answer_type") for label in labels[ident]}
        if dropdowns or kinds == {"dropdown"}:
            return bool(given == key[ident])
        return any(
            _fits(given, text_below(label), case=label.get("scoring_algorithm") == "TextEquivalence")
            for label in labels[ident]
        )

    by_name = {name: ident for ident, name in names.items()}
    return {
        "kind": "blanks" if sound else "Error",
        "blanks": {
            names[ident]: {label.get("ident"): text_below(label) for label in found_labels}
            for ident, found_labels in labels.items()
        },
        "shown": {"rich": rich},
        "score": lambda response: Fraction(
            sum(fits(by_name[name], given) for name, given in (response or {}).items()), len(lids)
        ),
    }


def text_of_material(lid: Any) -> str:
    """The name of a blank as its own material says it."""
    return "".join(lid.find(f"{QTI}material").itertext())


def _essay(item: Any, fields: Mapping[str, str]) -> dict[str, Any]:
    closed = any(
        one.get("continue") != "Yes" and one.find(f"{QTI}conditionvar/{QTI}other") is not None
        for one in all_of(item, "respcondition")
    )
    response = all_of(item, "response_str")[0]
    limits = {name: response.get(f"word_limit_{name}") for name in ("enabled", "min", "max")}
    return {"kind": "essay" if closed else "Error", "shown": {"notes": fields.get("grading_notes", ""), **limits}}


_READERS: Mapping[str, Callable[[Any, Mapping[str, str]], dict[str, Any]]] = {
    "multiple_choice_question": _choice,
    "multiple_answers_question": _choice,
    "true_false_question": _choice,
    "short_answer_question": _typed,
    "numerical_question": _numerical,
    "matching_question": _matching,
    "ordering_question": _ordering,
    "fill_in_multiple_blanks_question": _blanks,
    "multiple_dropdowns_question": _blanks,
    "essay_question": _essay,
}
