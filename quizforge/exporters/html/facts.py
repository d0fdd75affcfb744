"""What the key says about a question beyond its answer: feedback, sources and the data of the bank."""

from __future__ import annotations

from collections.abc import Iterable

from quizforge.exporters.html.desk import Desk
from quizforge.exporters.html.voice import escape
from quizforge.model.bank import Bank
from quizforge.model.question import Question
from quizforge.model.questions.base import BasedOn
from quizforge.model.quiz import Item

# A question that sets none of these has nothing to show for them: one look instead of one for each field.
_SELDOM = frozenset({"feedback_correct", "feedback_partial", "feedback_incorrect", "hints", "references", "notes"})
_DATA = frozenset(
    {"title", "difficulty", "bloom", "minutes", "concepts", "tags", "objectives", "source", "family", "enemies"}
    | {"formerly", "authors", "license", "pool", "status", "penalty", "ai", "based_on"}
)


def citations(desk: Desk, references: Iterable[str]) -> str:
    """A list of sources; empty where there is none."""
    rows = "".join(f"<li>{_citation(desk.bank, reference)}</li>\n" for reference in references)
    return desk.voice.note("common.references", f'<ul class="sources">\n{rows}</ul>') if rows else ""


def _citation(bank: Bank, reference: str) -> str:
    url = bank.reference_by_id[reference.partition("#")[0]].url
    text = escape(bank.citation(reference))
    return text if url is None else f"{text}, {link(url)}"


def link(url: str) -> str:
    """A web address that shows itself; other schemes stay text."""
    shown = escape(url)
    return f'<a href="{shown}">{shown}</a>' if url.startswith(("https://", "http://")) else shown


def remarks(desk: Desk, question: Question) -> str:
    """General and combined feedback, hints, sources and notes."""
    rows = "" if question.feedback is None else desk.voice.note("key.general", desk.block(question.feedback))
    if _SELDOM.isdisjoint(question.model_fields_set):
        return rows
    for label, text in (
        ("key.feedback_correct", question.feedback_correct),
        ("key.feedback_partial", question.feedback_partial),
        ("key.feedback_incorrect", question.feedback_incorrect),
    ):
        if text is not None:
            rows += desk.voice.note(label, desk.block(text))
    for number, hint in enumerate(question.hints, 1):
        rows += desk.voice.note("common.hint", desk.block(hint), n=number)
    rows += citations(desk, question.references)
    if question.notes is not None:
        rows += desk.voice.note("key.notes", desk.block(question.notes))
    return rows


def facts(desk: Desk, item: Item) -> str:
    """The data of the bank about a question, as a list of names and values."""
    question = item.question
    before, between, after = desk.voice.identity
    rows = f"{before}{question.id}{between}{item.revision}{after}"
    if not _DATA.isdisjoint(question.model_fields_set):
        rows = f"{rows}{_description(desk, item)}{_administration(desk, question)}"
    return f'<dl class="facts">\n{rows}</dl>\n'


def _description(desk: Desk, item: Item) -> str:
    question, voice = item.question, desk.voice
    rows = []
    if question.title is not None:
        rows.append(desk.voice.fact("key.title", escape(question.title)))
    if question.difficulty is not None:
        rows.append(desk.voice.fact("key.difficulty", voice.own(f"key.difficulty.{question.difficulty}")))
    if question.bloom is not None:
        rows.append(desk.voice.fact("key.bloom", voice.own(f"key.bloom.{question.bloom}")))
    if question.minutes is not None:
        rows.append(desk.voice.fact("key.minutes", voice.say("common.minutes", n=voice.number[question.minutes])))
    if question.concepts:
        titles = [desk.bank.concept_by_id[concept].title for concept in question.concepts]
        rows.append(desk.voice.fact("key.concepts", _listed(titles)))
    if question.tags:
        rows.append(desk.voice.fact("key.tags", _listed(question.tags)))
    if question.objectives:
        texts = [desk.block(desk.bank.objective_by_id[name].text) for name in question.objectives]
        rows.append(desk.voice.fact("key.objectives", " ".join(texts)))
    return "".join(rows)


def _administration(desk: Desk, question: Question) -> str:
    named = (
        ("key.source", question.source),
        ("key.family", (question.family,) if question.family else ()),
        ("key.enemies", question.enemies),
        ("key.formerly", question.formerly),
        ("key.authors", question.authors),
        ("key.license", (question.license,) if question.license else ()),
    )
    rows = [desk.voice.fact(key, _listed(values)) for key, values in named if values]
    if question.pool != "practice":
        rows.append(desk.voice.fact("key.pool", desk.voice.own(f"key.pool.{question.pool}")))
    if question.status != "ready":
        rows.append(desk.voice.fact("key.status", desk.voice.own(f"key.status.{question.status}")))
    if question.penalty is not None:
        rows.append(desk.voice.fact("key.penalty", escape(desk.voice.percent(question.penalty))))
    if question.ai is not None:
        rows.append(desk.voice.fact("key.ai", desk.voice.own(f"key.ai.{question.ai}")))
    if question.based_on is not None:
        rows.append(desk.voice.fact("key.based_on", _origin(question.based_on)))
    return "".join(rows)


def _origin(origin: BasedOn) -> str:
    parts = [escape(origin.text)]
    if origin.url is not None:
        parts.append(link(origin.url))
    if origin.license is not None:
        parts.append(escape(origin.license))
    return ", ".join(parts)


def _listed(values: Iterable[str]) -> str:
    return escape(", ".join(values))
