"""Notes that are no questions: flashcards and concepts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from quizforge.exporters.anki.note import Fields, Note
from quizforge.exporters.anki.tags import concept_tags, flashcard_tags
from quizforge.exporters.anki.texts import Texts, revision_of
from quizforge.markup import plain
from quizforge.model.bank import Concept, Flashcard
from quizforge.model.cloze_card import card_numbers

SHORT_DEFINITION = 250
"""Characters. A longer definition is no answer that one could recall and mark as known or not known."""

_PIECES = re.compile(r"(<[^>]*>|\\\(.*?\\\)|\\\[.*?\\\])", re.DOTALL)
_GAP = '<span class="qf-gap">…</span>'


def flashcard_note(card: Flashcard, texts: Texts) -> Note:
    """A note of a flashcard: front and back, or a text with deletions."""
    revision = revision_of(card.id, card.front, card.back, card.cloze, card.extra)
    cloze = card.cloze is not None
    retired = card.status == "retired"
    question = texts.whole(texts.block(card.cloze or card.front or ""))
    fields = Fields(
        id=card.id,
        revision=revision,
        scenario="",
        question=question,
        answer="" if card.back is None else texts.whole(texts.block(card.back)),
        source=texts.source(card),
        report_url=texts.report_url(card.id, revision),
        extra="" if card.extra is None else texts.whole(texts.block(card.extra)),
    )
    return Note(
        kind="cloze" if cloze else "question",
        section="flashcards",
        bank=texts.bank.id,
        entry=card.id,
        fields=fields.joined(),
        former=card.formerly,
        tags=flashcard_tags(card),
        deck="retired" if retired else "flashcards",
        ordinals=tuple(number - 1 for number in card_numbers(question)) if cloze else (0,),
        rank=texts.rank(() if retired else card.concepts),
    )


def concept_note(concept: Concept, texts: Texts) -> Note | None:
    """A note of a concept, asked by its definition and, where that is short, by its title; None without definition."""
    if concept.definition is None:
        return None
    revision = revision_of(concept.id, concept.title, concept.aliases, concept.definition)
    full = texts.block(concept.definition)
    asked = hide_names(full, (concept.title, *concept.aliases))
    short = len(plain(concept.definition, "block")) <= SHORT_DEFINITION
    title = escape(concept.title, quote=False)
    fields = Fields(
        id=concept.id,
        revision=revision,
        scenario="",
        question=texts.whole(f'{asked}<p class="qf-ask">{texts.words["anki.which_concept"]}</p>'),
        options=texts.whole(texts.words.say("anki.define", title=title)) if short else "",
        answer=texts.whole(title),
        explanation=texts.whole(full),
        source=texts.source(concept),
        report_url=texts.report_url(concept.id, revision),
        extra=_neighbours(concept, texts),
    )
    return Note(
        kind="concept",
        section="concepts",
        bank=texts.bank.id,
        entry=concept.id,
        fields=fields.joined(),
        former=concept.formerly,
        tags=concept_tags(concept),
        deck="concepts",
        ordinals=(0, 1) if short else (0,),
        rank=texts.rank((concept.id,)),
    )


def hide_names(html: str, names: Iterable[str]) -> str:
    """A definition without the names that it is to be recognised as; maths and attributes stay as they are."""
    patterns = [r"\s+".join(map(re.escape, escape(name, quote=False).split())) for name in names]
    wanted = "|".join(sorted(filter(None, patterns), key=len, reverse=True))
    search = re.compile(rf"(?<!\w)(?:{wanted})(?!\w)", re.IGNORECASE)
    if search.search(html) is None:
        return html
    pieces = _PIECES.split(html)
    pieces[::2] = [search.sub(_GAP, piece) for piece in pieces[::2]]
    return "".join(pieces)


def _neighbours(concept: Concept, texts: Texts) -> str:
    titles = {key: entry.title for key, entry in texts.bank.concept_by_id.items()}
    lines = (
        ("anki.also_called", concept.aliases),
        ("anki.confusable", tuple(titles[key] for key in concept.confusable_with)),
        ("anki.related", tuple(titles[key] for key in concept.related)),
    )
    return texts.whole(
        "".join(
            f"<p>{texts.words.say(word, names=escape('; '.join(names), quote=False))}</p>"
            for word, names in lines
            if names
        )
    )
