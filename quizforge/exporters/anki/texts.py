"""The parts that cards of all kinds share, as HTML in the language of the bank."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from hashlib import blake2b
from html import escape
from urllib.parse import quote

from quizforge.exporters.words import Words, direction
from quizforge.markup import Markup
from quizforge.model.bank import Bank, Concept, Flashcard
from quizforge.model.questions.base import BaseQuestion

_TAG_GAPS = re.compile(r"[\s\x00-\x1f\x7f\"'`,;*_/\\()<>{}\[\]|]+")
_FLAT_EXPONENT = 15  # a number with more zeros than this is shown with an exponent


class Texts:
    """Renders the texts of one bank.

    Attributes:
        bank: Whose texts they are.
        words: The exporter's own.
        block, inline: Markdown to HTML, each text once.
        dialect: The renderer behind them.
        attributes: ``lang`` and, where needed, ``dir``: for the outermost element of each field.
        right: The attribute of an option that is a key; its value is the word shown beside it.
        yours: The attribute of a list of options with the word for the one that was picked.
    """

    __slots__ = (
        "_misconceptions",
        "_open",
        "_ranks",
        "_report",
        "_scenarios",
        "attributes",
        "bank",
        "block",
        "dialect",
        "inline",
        "right",
        "words",
        "yours",
    )

    def __init__(self, bank: Bank, markup: Markup, words: Words) -> None:
        self.bank = bank
        self.words = words
        self.dialect = markup.dialect("anki")
        self.block = self.dialect.block
        self.inline = self.dialect.inline
        language = bank.header.language
        self.attributes = f' lang="{language}"' + (' dir="rtl"' if direction(language) == "rtl" else "")
        self.right = f' data-ok="{escape(words["anki.correct"])}"'
        self.yours = f' data-you="{escape(words["anki.your_choice"])}"'
        self._open = f"<div{self.attributes}>"
        self._scenarios: dict[str, str] = {}
        self._misconceptions: dict[str, tuple[str, str]] = {}
        self._ranks = bank.concept_order
        self._report = bank.header.report_url

    def whole(self, html: str) -> str:
        """A field: HTML in the language of the bank."""
        return f"{self._open}{html}</div>" if html else ""

    def titled(self, heading: str, html: str) -> str:
        """A field with a heading."""
        return f"{self._open}<h2>{escape(heading, quote=False)}</h2>{html}</div>" if html else ""

    def scenario(self, scenario: str | None) -> str:
        """The case that a question belongs to."""
        if scenario is None:
            return ""
        found = self._scenarios.get(scenario)
        if found is None:
            entry = self.bank.scenario_by_id[scenario]
            title = f"<h2>{escape(entry.title, quote=False)}</h2>" if entry.title else ""
            found = self._scenarios[scenario] = self.whole(title + self.block(entry.text))
        return found

    def hints(self, question: BaseQuestion) -> str:
        """The hints, each to be opened by a tap."""
        if not question.hints:
            return ""
        found = (
            f'<details class="qf-hint"><summary class="tappable">{self.words.say("common.hint", n=number)}</summary>'
            f"{self.block(hint)}</details>"
            for number, hint in enumerate(question.hints, 1)
        )
        return self.whole("".join(found))

    def explanation(self, question: BaseQuestion) -> str:
        """The title, which may give the answer away and so waits for the back, and the general feedback."""
        parts = [] if question.feedback is None else [self.block(question.feedback)]
        for verdict, text in (
            ("correct", question.feedback_correct),
            ("partial", question.feedback_partial),
            ("incorrect", question.feedback_incorrect),
        ):
            if text is not None:
                label = self.words[f"anki.if_{verdict}"]
                parts.append(f'<div class="qf-w" data-when="{verdict}"><h2>{label}</h2>{self.block(text)}</div>')
        if not parts and question.title is None:
            return ""
        heading = self.words["anki.explanation"] if question.title is None else escape(question.title, quote=False)
        return self.whole(f"<h2>{heading}</h2>{''.join(parts)}")

    def remark(self, feedback: str | None, *, credit: Decimal | None = None) -> str:
        """What is said about one option or answer, shown on the back."""
        if credit is None:
            return "" if feedback is None else f'<div class="qf-f">{self.block(feedback)}</div>'
        text = "" if feedback is None else self.block(feedback)
        return f'<div class="qf-f"><b>{self.percent(credit)}</b> {text}</div>'

    def misconception(self, key: str | None, *, option: int | None = None) -> str:
        """The wrong belief behind an option: its claim, and what to know about it behind a tap.

        Args:
            key: Its id, or None.
            option: Number of the option, so that the script can set it beside that.
        """
        if key is None:
            return ""
        found = self._misconceptions.get(key)
        if found is None:
            found = self._misconceptions[key] = self._claim(key)
        number = "" if option is None else f' data-n="{option}"'
        claim, more = found
        if not more:
            return f'<div class="qf-x"{number}>{claim}</div>'
        return f'<details class="qf-x"{number}><summary class="tappable">{claim}</summary>{more}</details>'

    def _claim(self, key: str) -> tuple[str, str]:
        entry = self.bank.misconception_by_id[key]
        more = "".join(
            f"<h2>{self.words[word]}</h2>{self.block(text)}"
            for word, text in (("key.tempting", entry.tempting_because), ("key.truth", entry.correct))
            if text is not None
        )
        lead = f'<span class="qf-lead">{self.words["common.misconception"]}: </span>'
        return _led(lead, self.block(entry.claim)), more + self._citations(entry.references)

    def misconceptions(self, found: Iterable[str]) -> str:
        """The field of that name."""
        return self.titled(self.words["anki.misconceptions"], "".join(found))

    def source(self, entry: BaseQuestion | Flashcard | Concept) -> str:
        """What an entry rests on, and whose work it is; provenance keys are for staff only."""
        facts = []
        if not isinstance(entry, Concept):
            if entry.based_on is not None:
                based = entry.based_on
                facts.append(("key.based_on", ", ".join(p for p in (based.text, based.url, based.license) if p)))
            if entry.authors:
                facts.append(("key.authors", ", ".join(entry.authors)))
            if entry.license is not None:
                facts.append(("key.license", entry.license))
            if entry.ai is not None and entry.ai != "none":
                facts.append(("key.ai", self.words[f"key.ai.{entry.ai}"]))
        if not facts and not entry.references:
            return ""
        lines = (f"<p>{self.words[word]}: {escape(text, quote=False)}</p>" for word, text in facts)
        return self.whole(self._citations(entry.references) + "".join(lines))

    def _citations(self, references: tuple[str, ...]) -> str:
        if not references:
            return ""
        return f"<ul>{''.join(f'<li>{self._citation(reference)}</li>' for reference in references)}</ul>"

    def _citation(self, reference: str) -> str:
        text = escape(self.bank.citation(reference), quote=False)
        url = self.bank.reference_by_id[reference.partition("#")[0]].url
        return text if url is None else f'<a href="{escape(url)}">{text}</a>'

    def report_url(self, entry: str, revision: str) -> str:
        """Where a fault in this card is reported, ready for an attribute."""
        if self._report is None:
            return ""
        address = self._report.replace("{id}", quote(entry, safe=""))
        return escape(address.replace("{revision}", revision).replace("{rev}", revision))

    def rank(self, concepts: Iterable[str]) -> int:
        """Position in the teaching order: behind all the concepts that an entry needs; those without come last."""
        ranks = self._ranks
        return max([ranks[concept] for concept in concepts if concept in ranks], default=len(ranks))

    def percent(self, number: Decimal) -> str:
        """``50 %`` as the language writes it."""
        return self.words.say("common.percent", n=self.number(number))

    def number(self, number: Decimal) -> str:
        """A number as people read it."""
        if abs(number.adjusted()) > _FLAT_EXPONENT:
            return str(number)
        return self.words.number(number)


def _led(lead: str, html: str) -> str:
    """A block with a word in front, inside its first paragraph where it begins with one."""
    return f"<p>{lead}{html[3:]}" if html.startswith("<p>") else lead + html


def typed_number(number: Decimal, words: Words) -> str:
    """A number as people type it: the language's decimal mark, and a minus that is on the keyboard."""
    text = str(number) if abs(number.adjusted()) > _FLAT_EXPONENT else format(number, "f")
    return text.replace(".", words["common.decimal"])


def revision_of(*texts: object) -> str:
    """Revision of an entry that is no question: a hash of its texts, 16 hexadecimal digits."""
    return blake2b(json.dumps(texts, ensure_ascii=False).encode(), digest_size=8).hexdigest()


def slug(tag: str) -> str:
    """A tag that Anki takes as one: lower case, no blanks; ``a::b`` stays a branch, without empty parts."""
    parts = (_TAG_GAPS.sub("-", part).strip("-:") for part in tag.lower().split("::"))
    return "::".join(part.replace(":", "-") for part in parts if part)
