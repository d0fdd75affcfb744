"""What the key says about a question beyond its answer: feedback, sources and the data of the bank."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from quizforge.exporters.html.writer import Writer, escape
from quizforge.model.bank import Bank
from quizforge.model.question import Question
from quizforge.model.questions.base import BasedOn
from quizforge.model.quiz import Item

_CENT = Decimal("0.01")


def percent(writer: Writer, share: Fraction | Decimal) -> str:
    """A share as a percentage with at most two decimals."""
    exact = Fraction(share) * 100
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_CENT)
    return writer.voice.say("common.percent", n=writer.voice.words.number(rounded))


def citations(writer: Writer, bank: Bank, references: Iterable[str]) -> str:
    """A list of sources; empty where there is none."""
    rows = "".join(f"<li>{_citation(bank, reference)}</li>\n" for reference in references)
    return writer.note("common.references", f'<ul class="sources">\n{rows}</ul>') if rows else ""


def _citation(bank: Bank, reference: str) -> str:
    url = bank.reference_by_id[reference.partition("#")[0]].url
    text = escape(bank.citation(reference))
    return text if url is None else f"{text}, {link(url)}"


def link(url: str) -> str:
    """A web address that shows itself; other schemes stay text."""
    shown = escape(url)
    return f'<a href="{shown}">{shown}</a>' if url.startswith(("https://", "http://")) else shown


def remarks(writer: Writer, bank: Bank, question: Question) -> str:
    """General and combined feedback, hints, sources and notes."""
    rows = [
        writer.note(label, writer.block(text))
        for text, label in (
            (question.feedback, "key.general"),
            (question.feedback_correct, "key.feedback_correct"),
            (question.feedback_partial, "key.feedback_partial"),
            (question.feedback_incorrect, "key.feedback_incorrect"),
        )
        if text is not None
    ]
    rows += [writer.note("common.hint", writer.block(hint), n=number) for number, hint in enumerate(question.hints, 1)]
    if question.references:
        rows.append(citations(writer, bank, question.references))
    if question.notes is not None:
        rows.append(writer.note("key.notes", writer.block(question.notes)))
    return "".join(rows)


def facts(writer: Writer, item: Item) -> str:
    """The data of the bank about a question, as a list of names and values."""
    question, row = item.question, writer.fact
    rows = [row("key.id", f"<code>{question.id}</code>"), row("key.revision", f"<code>{item.revision}</code>")]
    if question.title is not None:
        rows.insert(0, row("key.title", escape(question.title)))
    if question.difficulty is not None:
        rows.append(row("key.difficulty", writer.voice.own(f"key.difficulty.{question.difficulty}")))
    if question.bloom is not None:
        rows.append(row("key.bloom", writer.voice.own(f"key.bloom.{question.bloom}")))
    if question.minutes is not None:
        minutes = writer.voice.words.number(question.minutes)
        rows.append(row("key.minutes", writer.voice.say("common.minutes", n=minutes)))
    if question.concepts:
        titles = [item.bank.concept_by_id[concept].title for concept in question.concepts]
        rows.append(row("key.concepts", _listed(titles)))
    if question.tags:
        rows.append(row("key.tags", _listed(question.tags)))
    if question.objectives:
        texts = [writer.block(item.bank.objective_by_id[name].text) for name in question.objectives]
        rows.append(row("key.objectives", "".join(texts)))
    rows += _administration(writer, question)
    return f'<dl class="facts">\n{"".join(rows)}</dl>\n'


def _administration(writer: Writer, question: Question) -> list[str]:
    named = (
        ("key.source", question.source),
        ("key.family", (question.family,) if question.family else ()),
        ("key.enemies", question.enemies),
        ("key.formerly", question.formerly),
        ("key.authors", question.authors),
        ("key.license", (question.license,) if question.license else ()),
    )
    rows = [writer.fact(key, _listed(values)) for key, values in named if values]
    if question.pool != "practice":
        rows.append(writer.fact("key.pool", writer.voice.own(f"key.pool.{question.pool}")))
    if question.status != "ready":
        rows.append(writer.fact("key.status", writer.voice.own(f"key.status.{question.status}")))
    if question.penalty is not None:
        rows.append(writer.fact("key.penalty", percent(writer, question.penalty)))
    if question.ai is not None:
        rows.append(writer.fact("key.ai", writer.voice.own(f"key.ai.{question.ai}")))
    if question.based_on is not None:
        rows.append(writer.fact("key.based_on", _origin(question.based_on)))
    return rows


def _origin(origin: BasedOn) -> str:
    parts = [escape(origin.text)]
    if origin.url is not None:
        parts.append(link(origin.url))
    if origin.license is not None:
        parts.append(escape(origin.license))
    return ", ".join(parts)


def _listed(values: Iterable[str]) -> str:
    return escape(", ".join(values))
