"""The first bank: what it covers, and every number of its quality that can be computed."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import yaml

from quizforge.api import assemble, lint, load_bank, load_banks
from quizforge.lint.run import lint_forms
from quizforge.loading.quizzes import load_quizzes
from quizforge.model.questions.base import EXPECTED_FACILITY
from tests.tools import item_form as form

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent.parent / "banks" / "llm-alignment"
COVERAGE = yaml.safe_load((HERE / "llm-alignment.coverage.yaml").read_text(encoding="utf-8"))
BANK = load_bank(FOLDER)
ITEMS: list[Any] = [question for question in BANK.questions if question.graded]
WRITTEN: list[Any] = [item for item in ITEMS if ".v-" not in item.id]
"""Items that stand in the bank by themselves; the others are variants of item models."""

CHOICE: list[Any] = [item for item in ITEMS if item.type == "single_choice"]
ESSAYS: list[Any] = [item for item in ITEMS if item.type == "essay"]

SHARES = {
    "single_choice": (0.42, 0.55),
    "multiple_answer": (0.10, 0.16),
    "matching": (0.06, 0.10),
    "ordering": (0.04, 0.08),
    "true_false": (0.03, 0.07),
    "short_answer or cloze": (0.06, 0.11),
    "numerical": (0.03, 0.06),
    "essay": (0.09, 0.14),
}
BLOOM = {
    "remember": (0, 0.12),
    "understand": (0.15, 0.25),
    "apply": (0.18, 0.28),
    "analyze": (0.25, 0.38),
    "evaluate": (0.08, 0.16),
    "create": (0.02, 0.06),
}
DIFFICULTY = {"easy": (0.2, 0.3), "medium": (0.45, 0.55), "hard": (0.2, 0.3)}


def _outside(counts: Counter[str], limits: dict[str, tuple[float, float]]) -> dict[str, float]:
    total = sum(counts.values())
    shares = {key: counts[key] / total for key in limits}
    return {key: share for key, share in shares.items() if not limits[key][0] <= share <= limits[key][1]}


def _distractors(question: Any) -> Iterator[Any]:
    """Everything of an item that a learner may wrongly choose or write."""
    match question.type:
        case "single_choice" | "multiple_answer":
            yield from (choice for choice in question.choices if not choice.correct)
        case "matching":
            yield from question.pairs
        case "short_answer" | "numerical":
            yield from (answer for answer in question.answers if answer.credit < 100)
        case "cloze":
            for blank in question.blanks.values():
                yield from (choice for choice in blank.choices if not choice.correct)
                yield from (answer for answer in blank.answers if answer.credit < 100)


def test_bank_is_clean() -> None:
    """Neither an error nor a warning, and nothing suppressed."""
    loaded = load_banks([FOLDER])

    assert [str(found.place) for found in loaded.diagnostics if found.severity != "info"] == []
    assert "quizforge: allow" not in "".join(loaded.sources.values())


def test_review_has_no_warning() -> None:
    """The reviewer finds nothing but hints, in the bank and in the forms of its exam."""
    loaded = load_quizzes([FOLDER / "quizzes" / "exam.yaml"])
    exam = lint_forms(loaded.quizzes[0], assemble(loaded.quizzes[0]).forms, loaded=loaded)
    found = (*lint(load_banks([FOLDER])).diagnostics, *exam.diagnostics)

    assert [f"{each.place} {each.code.code}" for each in found if each.severity != "info"] == []


def test_answers_are_not_printed_elsewhere() -> None:
    """No stem of a pool prints the answer to another question that may stand in one exam with it."""
    assert [found.message for found in lint(load_banks([FOLDER]), only=["QF402"]).diagnostics] == []


def test_size() -> None:
    """At least 240 assessed items and 120 flashcards, variants of item models left aside."""
    assert len(WRITTEN) >= 240
    assert len(BANK.flashcards) >= 120


def test_item_models() -> None:
    """At least 10 item models with at least 4 variants each, every variant in the family of its model."""
    variants = [(model, [item for item in ITEMS if item.id.startswith(f"{model.id}.v-")]) for model in BANK.item_models]

    assert len(variants) >= 10
    assert [model.id for model, items in variants if len(items) < 4] == []
    assert [item.id for model, items in variants for item in items if item.family != model.family] == []
    assert sum(len(items) for _, items in variants) == len(ITEMS) - len(WRITTEN)


def test_every_concept_is_there() -> None:
    """All concepts of the coverage file, with definition, references and provenance."""
    concepts = {concept.id: concept for concept in BANK.concepts}

    assert set(COVERAGE["concepts"]) <= set(concepts)
    assert [key for key, concept in concepts.items() if not (concept.definition and concept.references)] == []
    assert [key for key in COVERAGE["concepts"] if key not in concepts[key].source] == []


@pytest.mark.parametrize("concept", COVERAGE["concepts"])
def test_concept_has_items_of_several_types_and_levels(concept: str) -> None:
    """By tier: enough items on the concept as the primary one, of several types and levels."""
    needed = COVERAGE["tiers"][COVERAGE["concepts"][concept]]
    items = [item for item in ITEMS if item.concepts[0] == concept]

    assert len(items) >= needed["items"]
    assert len({item.type for item in items}) >= needed["types"]
    assert len({item.bloom for item in items}) >= needed["levels"]


@pytest.mark.parametrize("key", COVERAGE["seed_questions"])
def test_seed_question_has_variants(key: str) -> None:
    """Each seed question stands there with two variants, one family in one pool."""
    items = [item for item in ITEMS if key in item.source]

    assert len(items) >= 3
    assert len({item.family for item in items}) == 1
    assert items[0].family is not None


def test_shares_of_types() -> None:
    """Types in their shares, variants of item models left aside: an exam takes at most one of each model."""
    merged = {"short_answer": "short_answer or cloze", "cloze": "short_answer or cloze"}

    assert _outside(Counter(merged.get(item.type, item.type) for item in WRITTEN), SHARES) == {}


def test_shares_of_levels_and_difficulties() -> None:
    """Cognitive levels and difficulties in their shares, variants of item models left aside."""
    assert _outside(Counter(str(item.bloom) for item in WRITTEN), BLOOM) == {}
    assert _outside(Counter(str(item.difficulty) for item in WRITTEN), DIFFICULTY) == {}


def test_half_of_the_items_have_a_situation() -> None:
    """A concrete situation, data or model output to judge."""
    situated = [item for item in ITEMS if item.scenario or {"scenario", "seed-item", "variant"} & set(item.tags)]

    assert len(situated) / len(ITEMS) >= 0.5


def test_items_are_complete() -> None:
    """Minutes, level, difficulty, feedback, references and the use of AI stand on every item."""
    fields = ("title", "minutes", "bloom", "difficulty", "feedback", "references", "concepts", "ai", "objectives")

    assert [(item.id, name) for item in ITEMS for name in fields if not getattr(item, name)] == []
    assert [card.id for card in BANK.flashcards if not card.references or not card.concepts] == []


def test_references_name_a_section_or_an_arxiv_id() -> None:
    """Each item cites the book with its section, or a paper with its arXiv id."""

    def exact(reference: str) -> bool:
        key, _, locator = reference.partition("#")
        return bool(locator) or "arXiv" in BANK.reference_by_id[key].text

    assert [item.id for item in ITEMS if not any(exact(reference) for reference in item.references)] == []


def test_feedback_teaches() -> None:
    """Feedback on everything that can be chosen: at least 15 words, distinct within the item."""
    short, same, missing = [], [], []
    for item in ITEMS:
        if item.type in {"single_choice", "multiple_answer"}:
            texts = [choice.feedback for choice in item.choices]
        elif item.type == "true_false":
            texts = [item.feedback_true, item.feedback_false]
        elif item.type == "matching":
            texts = [pair.feedback for pair in item.pairs]
        elif item.type == "ordering":
            texts = [step.feedback for step in item.items]
        else:
            texts = [wrong.feedback for wrong in _distractors(item)]
        missing += [item.id for text in texts if not text]
        short += [item.id for text in texts if text and len(form.words(text)) < 15]
        same += [item.id] if len(set(texts)) < len(texts) else []

    assert (missing, short, same) == ([], [], [])


def test_distractors_rest_on_misconceptions() -> None:
    """At least 85 % of the wrong options, pairs, numbers and blanks name a misconception."""
    named = [wrong.misconception is not None for item in ITEMS for wrong in _distractors(item)]

    assert sum(named) / len(named) >= 0.85


def test_misconceptions_are_used() -> None:
    """At least 50 of the 60 misconceptions stand behind an item."""
    used = {wrong.misconception for item in ITEMS for wrong in _distractors(item)}
    used |= {item.misconception for item in ITEMS if item.type == "true_false"}
    used |= {step.misconception for item in ITEMS if item.type == "ordering" for step in item.items}

    assert len(used - {None}) >= 50


def test_key_positions_are_balanced() -> None:
    """Before any shuffling each position holds between 18 and 32 % of the keys."""
    four = [item for item in CHOICE if len(item.choices) == 4]
    shares = Counter(item.key for item in four)

    assert [key for key in range(4) if not 0.18 <= shares[key] / len(four) <= 0.32] == []


def test_key_length_gives_nothing_away() -> None:
    """The key is the longest option in at most 35 %; lengths inside an item are alike."""
    assert sum(map(form.key_is_longest, CHOICE)) / len(CHOICE) <= 0.35
    assert 0.8 <= median(map(form.key_to_distractors, CHOICE)) <= 1.25
    assert [(item.id, form.length_ratio(item)) for item in CHOICE if form.length_ratio(item) > 1.8] == []


@pytest.mark.parametrize("strategy", [form.longest, form.overlap, form.hedged])
def test_guessing_from_the_options_does_not_pay(strategy: Callable[[Any, int], float]) -> None:
    """A test-wise strategy that reads only the options finds at most 36 % of the keys."""
    assert form.guessing_accuracy(CHOICE, strategy) <= 0.36


def test_option_count_and_wording() -> None:
    """Four or five options, none of them all or none of the above, absolutes spread over all."""
    above = re.compile(r"\b(all|none|both|neither) of (the|these)\b|\bof the above\b", re.IGNORECASE)

    assert [item.id for item in CHOICE if len(item.choices) not in {4, 5}] == []
    assert [item.id for item in CHOICE for choice in item.choices if above.search(choice.text)] == []
    assert form.absolutes_ratio(CHOICE) <= 1.5


def test_stems_are_whole_and_positive() -> None:
    """At least 12 words; at most 3 % negative, with the negation set in bold."""
    negative = [item for item in CHOICE if form.NEGATIVE.search(item.stem.split("\n\n")[-1].split(". ")[-1])]

    assert [item.id for item in CHOICE if len(form.words(item.stem)) < 12] == []
    assert len([item for item in negative if "**" in item.stem]) / len(CHOICE) <= 0.03


def test_essays_can_be_marked() -> None:
    """3 to 5 criteria of 4 levels, a model answer of 120 to 260 words, two scored samples, word limits."""
    assert [item.id for item in ESSAYS if not 3 <= len(item.rubric) <= 5] == []
    assert [item.id for item in ESSAYS for row in item.rubric if len(row.levels) != 4] == []
    assert [item.id for item in ESSAYS if not 120 <= len(form.words(item.model_answer or "")) <= 260] == []
    assert [item.id for item in ESSAYS if len(item.sample_answers) < 2 or not item.max_words or not item.lines] == []


def test_stems_are_distinct() -> None:
    """No two stems of different families share more than 60 % of their content words."""
    assert form.near_duplicates([item for item in ITEMS if not item.scenario], 0.6) == []


@pytest.mark.parametrize("item", [item for item in ITEMS if item.type == "numerical"], ids=lambda item: item.id)
def test_numbers_are_right(item: Any) -> None:
    """The key of a numerical item follows from the computation noted beside it."""
    expression = re.search(r"check: *(.+)", item.notes or "")
    assert expression is not None
    key = next(answer for answer in item.accepted if answer.credit == 100)

    assert key.accepts(Fraction(_evaluate(ast.parse(expression[1].strip(), mode="eval").body)))


def test_three_exams_without_overlap() -> None:
    """Three disjoint exams of 40 from the exam pool: no family shared, 28 concepts each, equally hard."""
    exams = _three_exams()

    assert [len(exam) for exam in exams] == [40, 40, 40]
    assert len({item.id for exam in exams for item in exam}) == 120
    families = [item.family for exam in exams for item in exam if item.family]
    assert len(families) == len(set(families))
    assert all(len({item.concepts[0] for item in exam}) >= 28 for exam in exams)
    means = [sum(EXPECTED_FACILITY[item.difficulty] for item in exam) / 40 for exam in exams]
    assert max(means) - min(means) <= Fraction(2, 100)


def test_exam_pool_is_large_enough() -> None:
    """At least 120 items after keeping one of each family."""
    assert len(list(_exam_pool())) >= 120


def _exam_pool() -> Iterator[Any]:
    seen: set[str] = set()
    for item in ITEMS:
        if item.pool == "exam" and item.family not in seen:
            seen |= {item.family} if item.family else set()
            yield item


def _three_exams() -> list[list[Any]]:
    """Deal the pool: each concept round-robin, always to the exam that is behind in items of that difficulty."""
    exams: list[list[Any]] = [[], [], []]
    by_concept: dict[str, list[Any]] = defaultdict(list)
    for item in _exam_pool():
        by_concept[item.concepts[0]].append(item)
    rounds = max(map(len, by_concept.values()))
    for turn in range(rounds):
        for number, items in enumerate(by_concept.values()):
            if turn < len(items):
                order = sorted(range(3), key=lambda index: (_count(exams[index], items[turn]), (index - number) % 3))
                free = [index for index in order if len(exams[index]) < 40]
                if free:
                    exams[free[0]].append(items[turn])
    return exams


def _count(exam: Iterable[Any], item: Any) -> tuple[int, int]:
    """Items of the same concept, then of the same difficulty."""
    chosen = list(exam)
    same = sum(other.concepts[0] == item.concepts[0] for other in chosen)
    return same, sum(other.difficulty == item.difficulty for other in chosen)


_FUNCTIONS: dict[str, Callable[..., float]] = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "min": min,
    "max": max,
    "abs": abs,
    "round": round,
    "int": int,
}
_OPERATORS: dict[type, Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}


def _evaluate(node: ast.AST) -> float:
    """Arithmetic of numbers and a few functions, nothing else."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATORS[type(op)](_evaluate(left), _evaluate(right))
        case ast.UnaryOp(op=op, operand=operand):
            return _OPERATORS[type(op)](_evaluate(operand))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _FUNCTIONS[name](*map(_evaluate, arguments))
    message = f"not arithmetic: {ast.dump(node)}"
    raise ValueError(message)
