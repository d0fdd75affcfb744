"""Nothing is lost silently: a text stands in the export exactly when it is not declared dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from quizforge.api import Env, export
from quizforge.exporters import registry
from quizforge.exporters.base import ANY_TYPE, Export
from quizforge.loading.decode import dotted
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import FIELD_DROPPED, SCORE_LOWERED
from quizforge.model.fields import Ref, Text, marked
from quizforge.model.question import QUESTION_TYPES
from tests.tools import samples
from tests.tools.extract import text_of

LABELS = frozenset(
    {"authors", "license", "based_on", "based_on.text", "based_on.url", "based_on.license", "source", "notes"}
)
"""Who wrote an item and what staff noted: no format that was looked at has a place for all of it."""

FEEDBACK = frozenset({"feedback", "feedback_correct", "feedback_partial", "feedback_incorrect", "hints", "penalty"})
QUESTION_ALONE = (
    LABELS
    | FEEDBACK
    | {"ai", "bloom", "concepts", "difficulty", "enemies", "family", "formerly", "minutes", "objectives", "points"}
    | {"pool", "references", "shuffle", "status", "tags", "title"}
)
"""What a format drops that holds the question and its answers alone."""

_CHOICES = frozenset({"choices.feedback", "choices.id", "choices.misconception", "choices.pin"})
_TYPED = frozenset({"answers.feedback", "answers.misconception"})
_BLANKS = frozenset({f"blanks.{name}" for name in (*_CHOICES, *_TYPED, "feedback", "misconception", "weight")})
PARTS: Mapping[str, frozenset[str]] = {
    "single_choice": _CHOICES,
    "multiple_answer": _CHOICES,
    "true_false": frozenset({"feedback_false", "feedback_true", "misconception"}),
    "short_answer": _TYPED,
    "numerical": _TYPED,
    "matching": frozenset({"pairs.feedback", "pairs.misconception"}),
    "ordering": frozenset({"items.feedback", "items.misconception"}),
    "cloze": _BLANKS,
}
"""What is lost of the parts of a question by such a format."""

_COMBINED = frozenset({"feedback_correct", "feedback_partial", "feedback_incorrect"})
_QTI = {
    ANY_TYPE: LABELS
    | {"ai", "bloom", "concepts", "difficulty", "enemies", "family", "formerly", "hints", "minutes", "objectives"}
    | {"penalty", "tags"},
    "essay": _COMBINED,
    "information": _COMBINED | {"points"},
}
CANVAS: Mapping[str, frozenset[str]] = {
    ANY_TYPE: LABELS
    | {"ai", "bloom", "concepts", "difficulty", "enemies", "family", "feedback_partial", "formerly", "hints"}
    | {"minutes", "objectives", "penalty", "tags"},
    "essay": frozenset({"feedback_correct", "feedback_incorrect", "lines"}),
    "information": frozenset({"feedback", "feedback_correct", "feedback_incorrect", "points", "references"}),
}
"""What both readers of Canvas drop."""

_NOTES: Mapping[str, frozenset[str]] = {
    ANY_TYPE: LABELS
    | {"points", "minutes", "penalty", "family", "enemies", "objectives", "ai", "status", "pool", "choices.id"}
    | {"feedback_correct", "feedback_partial", "feedback_incorrect", "scoring"},
    "essay": frozenset({"lines", "min_words", "max_words"}),
    "cloze": frozenset({"blanks.choices.id", "blanks.case_sensitive", "blanks.weight"}),
}

ALLOWED_DROPS: Mapping[str, Mapping[str, frozenset[str]]] = {
    # Moodle's question types and their elements: question/format/xml/format.php (4.5)
    "moodle-xml": {
        ANY_TYPE: LABELS
        | {
            "minutes",
            "difficulty",
            "bloom",
            "family",
            "enemies",
            "formerly",
            "objectives",
            "references",
            "ai",
            "status",
        }
        | {"choices.misconception", "answers.misconception", "misconception", "choices.id", "choices.pin", "shuffle"},
        "true_false": frozenset({"hints", "feedback_correct", "feedback_partial", "feedback_incorrect", "penalty"}),
        "short_answer": frozenset({"feedback_correct", "feedback_partial", "feedback_incorrect"}),
        "numerical": frozenset({"feedback_correct", "feedback_partial", "feedback_incorrect"}),
        "matching": frozenset(
            {"pairs.feedback", "pairs.misconception", "distractors.feedback", "distractors.misconception"}
        ),
        "ordering": frozenset({"items.feedback", "items.misconception"}),
        "cloze": frozenset(
            {"feedback_correct", "feedback_partial", "feedback_incorrect", "points", "blanks.feedback"}
            | {"blanks.misconception", "blanks.choices.misconception", "blanks.answers.misconception", "blanks.unit"}
        ),
        "essay": frozenset({"hints", "feedback_correct", "feedback_partial", "feedback_incorrect", "penalty", "lines"}),
        "information": frozenset(
            {"hints", "feedback_correct", "feedback_partial", "feedback_incorrect", "penalty", "points"}
        ),
    },
    # A card is turned and rated by the learner; there are no points, tries or times (anki manual, "Studying")
    "anki": _NOTES,
    "anki-tsv": _NOTES,
    # Exam and key together hold everything that can be printed
    "html": {
        ANY_TYPE: LABELS
        | {"family", "enemies", "formerly", "objectives", "tags", "ai", "status", "pool", "choices.id", "choices.pin"}
        | {"shuffle"},
    },
    # What the printable page holds, they hold
    "word": {},
    "latex": {},
    # A page of bubbles; all texts stand on the exam that it belongs to
    "bubble-sheet": {
        ANY_TYPE: LABELS
        | {"title", "stem", "scenario", "choices", "answers", "pairs", "distractors", "items", "blanks", "unit"}
        | {"points", "minutes", "difficulty", "bloom", "concepts", "objectives", "tags", "hints", "feedback"}
        | {"feedback_correct", "feedback_partial", "feedback_incorrect", "feedback_true", "feedback_false", "penalty"}
        | {"references", "family", "enemies", "pool", "status", "formerly", "ai", "misconception", "scoring", "answer"}
        | {"tolerance", "case_sensitive", "model_answer", "response_template", "rubric", "sample_answers", "lines"}
        | {"min_words", "max_words"},
    },
    # What Moodle's own reader sets from a file: question/format/gift/format.php (4.5.6)
    "gift": {
        ANY_TYPE: LABELS
        | {"feedback_correct", "feedback_partial", "feedback_incorrect", "hints", "penalty"}
        | {"ai", "enemies", "formerly", "minutes", "points", "shuffle"},
        "single_choice": frozenset({"choices.pin"}),
        "multiple_answer": frozenset({"choices.pin"}),
        "essay": frozenset({"lines", "max_words", "min_words", "model_answer"})
        | {"response_template", "rubric", "sample_answers"},
        "information": frozenset({"feedback", "references"}),
    },
    # A problem has neither combined feedback nor tags or a penalty; a text is no problem: xblocks-contrib 0.13.1
    "olx": {
        ANY_TYPE: LABELS
        | {"feedback_correct", "feedback_partial", "feedback_incorrect", "penalty", "pool", "tags", "ai", "status"}
        | {"bloom", "concepts", "difficulty", "enemies", "family", "formerly", "minutes", "objectives"},
        "information": frozenset({"feedback", "hints", "points", "references"}),
    },
    # The rows of D2L's sample file; feedback on pairs stands in the general feedback
    "brightspace-csv": {
        ANY_TYPE: (QUESTION_ALONE - {"difficulty", "feedback", "hints", "points", "references", "title"}),
        "single_choice": frozenset({"choices.id", "choices.pin"}),
        "multiple_answer": frozenset({"choices.id", "choices.pin"}),
        "short_answer": _TYPED,
        "numerical": _TYPED,
        "matching": frozenset({"distractors"}),
        "cloze": _BLANKS,
        "essay": frozenset({"lines", "max_words", "min_words"}),
    },
    # A stem, lettered choices and the letter of the key: question/format/aiken/format.php (Moodle 4.5.6)
    "aiken": {ANY_TYPE: QUESTION_ALONE, **PARTS},
    # "Upload questions" of Blackboard Help: question text and answers, nothing else
    "blackboard-txt": {
        ANY_TYPE: QUESTION_ALONE,
        **PARTS,
        "matching": PARTS["matching"] | {"distractors"},
        "essay": frozenset({"lines", "max_words", "min_words", "response_template", "rubric", "sample_answers"}),
    },
    # An item has its body, its response processing and feedback; hints and penalties exist for adaptive items only, and
    # a person judges what has no rules (QTI 2.1 and 3.0, Assessment Test, Section and Item Information Model, 4 and 5)
    "qti21": _QTI,
    "qti30": _QTI,
    # Items and their feedback, nothing that files them: lib/cc/qti/qti_items.rb (canvas-lms), instructure/qti 2.27.0
    "canvas": CANVAS,
    "canvas-newquizzes": CANVAS,
}
"""What a format may drop, by question type, and why it must."""

_TWO_CASES = re.compile(r"\[(\w)\w\]")
"""A letter in a pattern of QTI, in both its cases, the author's first."""

CASES = [(name, kind) for name in registry.BUILT_IN for kind in QUESTION_TYPES]


@cache
def _exported(name: str, kind: str) -> tuple[str, Bank, Export]:
    bank = samples.loaded(samples.FOLDER / kind / "full.yaml").banks[0]
    options: Any = registry.get(name).options
    made = export(
        bank, name, options=options(essays=True) if name.startswith("anki") else options(), env=Env(now=1_700_000_000)
    )
    text = "\n".join(text_of(file) for file in made.files)
    return text + _TWO_CASES.sub(r"\1", text), bank, made


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_texts_stand_unless_declared_dropped(name: str, kind: str) -> None:
    """Every sentinel of a question is in the files, or is declared dropped and is not, or a loss names its entry.

    A question that is left out is listed, with the reason; then there is nothing to look for.
    """
    exporter = registry.get(name)
    exported, bank, made = _exported(name, kind)
    question = bank.questions[0]
    if made.left_out:
        assert made.left_out[0][0] == question.id
        return
    dropped = exporter.drops.get(ANY_TYPE, frozenset()) | exporter.drops.get(kind, frozenset())
    reported = {found.at for found in made.problems if found.code in {FIELD_DROPPED, SCORE_LOWERED}}
    wrong = []
    for path, text, _ in marked(question, Text):
        field = dotted(path)
        declared = bool({field, field.split(".")[0]} & dropped)
        there = any(form in exported for form in _forms(text, field))
        if declared == there and (there or path[:2] not in reported):
            wrong.append((field, text, "declared dropped, yet there" if declared else "lost"))

    assert wrong == []


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_what_is_referred_to_stands_too(name: str, kind: str) -> None:
    """Scenario texts are shown; concepts, references and misconceptions are named unless dropped."""
    exporter = registry.get(name)
    exported, bank, made = _exported(name, kind)
    if made.left_out:
        return
    question = bank.questions[0]
    dropped = exporter.drops.get(ANY_TYPE, frozenset()) | exporter.drops.get(kind, frozenset())
    shown = {"scenarios": bank.scenario_by_id, "misconceptions": bank.misconception_by_id}
    wrong = []
    for path, key, ref in marked(question, Ref):
        field = dotted(path)
        if ref.section not in {*shown, "references"} or {field, field.split(".")[0]} & dropped:
            continue
        if ref.section == "references":
            text = bank.reference_by_id[key.partition("#")[0]].text
        else:
            entry: Any = shown[ref.section][key]
            text = entry.text if ref.section == "scenarios" else entry.claim
        if text.rstrip(".") not in exported:
            wrong.append((field, key))

    assert wrong == []


@pytest.mark.parametrize("name", registry.BUILT_IN)
def test_only_what_the_format_lacks_is_dropped(name: str) -> None:
    """A drop needs a reason in the format itself."""
    allowed = ALLOWED_DROPS[name]
    for kind, fields in registry.get(name).drops.items():
        assert fields <= allowed.get(ANY_TYPE, frozenset()) | allowed.get(kind, frozenset()), kind


def _forms(text: str, field: str) -> tuple[str, ...]:
    """The ways in which a text may stand: as it is, as a tag without blanks, in a regular expression for both cases."""
    core = _core(text)
    if field == "tags":
        return (core, core.lower().replace(" ", "-"))
    if field.endswith("answers.text"):
        return (core, "".join(f"[{letter.upper()}{letter.lower()}]" if letter.isalpha() else letter for letter in core))
    return (core,)


def _core(text: str) -> str:
    """The part of a sentinel that every rendering keeps."""
    return text.split(" with ", maxsplit=1)[0].split(",", maxsplit=1)[0].removesuffix(" *").rstrip(".?")
