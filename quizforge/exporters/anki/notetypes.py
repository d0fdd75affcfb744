"""The note types: five of them, with the same fields, for all banks and languages.

Anki matches a note type by its id, its fields and templates by theirs, and skips all updates of notes
whose note type has changed its fields. So ids and fields are frozen, and a template holds no words:
those stand in the fields, in the language of the bank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from types import MappingProxyType

from quizforge.exporters.anki.note import NoteKind
from quizforge.markup import highlight_css

TEMPLATE_TIME = 1_795_392_000
"""Seconds since 1970 of the last change to templates or styling; raise it with each, and with nothing else.

Anki replaces a student's own styling where this is later than the time it knows.
"""


@dataclass(frozen=True, slots=True)
class CardTemplate:
    """What one card of a note shows, in Anki's template language."""

    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type.

    Attributes:
        id: For ever.
        name: As Anki lists it.
        templates: One for each card of a note; one alone for a cloze type.
        is_cloze: Whether the deletions in the question make the cards.
    """

    id: int
    name: str
    templates: tuple[CardTemplate, ...]
    is_cloze: bool = False


_SCENARIO = '{{#Scenario}}<section class="qf-scenario">{{Scenario}}</section>\n{{/Scenario}}'
_STEM = '<div class="qf-stem" id="qf-stem">{{Question}}</div>\n'
_CLOZE_STEM = '<div class="qf-stem">{{cloze:Question}}</div>\n'
_HINTS = '{{#Hints}}<div class="qf-under">{{Hints}}</div>\n{{/Hints}}'
_OPTIONS = '{{#Options}}<div class="qf-under">{{Options}}</div>\n{{/Options}}'
_RULE = '<hr class="qf-rule" id="answer">\n'
_ANSWER = '{{#Answer}}<div class="qf-answer">{{Answer}}</div>\n{{/Answer}}'
_PARTS = """{{#Extra}}<section class="qf-part">{{Extra}}</section>
{{/Extra}}{{#Explanation}}<section class="qf-part">{{Explanation}}</section>
{{/Explanation}}{{#Misconceptions}}<section class="qf-part qf-misconceptions">{{Misconceptions}}</section>
{{/Misconceptions}}"""
_FOOT = """{{#Source}}<footer class="qf-part qf-small">{{Source}}</footer>
{{/Source}}{{#ReportUrl}}<p class="qf-part qf-small qf-flag"><a href="{{ReportUrl}}">&#9873; {{Id}}</a></p>
{{/ReportUrl}}"""
_TYPED = '<label class="qf-label">{{Options}} {{type:Answer}}</label>\n'


def _front(inside: str, *, script: str = "") -> str:
    return _page("qf-front", inside, script)


def _back(inside: str, *, script: str = "") -> str:
    return _page("qf-back", inside + _FOOT, script)


def _page(side: str, inside: str, script: str) -> str:
    run = f"<script>\n{script}</script>\n" if script else ""
    return f'<main class="qf {side}" id="qf" data-id="{{{{Id}}}} {{{{Revision}}}}">\n{inside}</main>\n{run}'


def _choice() -> CardTemplate:
    script = _file("choice.js")
    front = _front(_SCENARIO + _STEM + "{{Options}}\n" + _HINTS, script=script)
    # Anki scrolls to the element with the id "answer", which is the list here: the marked options are the answer.
    back = _back(_SCENARIO + _STEM + '<div id="answer">{{Options}}</div>\n' + _PARTS, script=script)
    return CardTemplate("Choice", front, back)


def _question() -> CardTemplate:
    front = _front(_SCENARIO + _STEM + _OPTIONS + _HINTS)
    return CardTemplate("Question", front, _back(_SCENARIO + _STEM + _RULE + _ANSWER + _PARTS))


def _type_in() -> CardTemplate:
    front = _front(_SCENARIO + _STEM + _TYPED + _HINTS)
    typed = '<div class="qf-answer">{{type:Answer}}</div>\n'
    return CardTemplate("Type-in", front, _back(_SCENARIO + _STEM + _RULE + typed + _PARTS))


def _cloze() -> CardTemplate:
    front = _front(_SCENARIO + _CLOZE_STEM + _HINTS)
    return CardTemplate("Cloze", front, _back(_SCENARIO + _CLOZE_STEM + _RULE + _ANSWER + _PARTS))


def _concept() -> tuple[CardTemplate, CardTemplate]:
    name = '<div class="qf-answer" id="answer"><strong>{{Answer}}</strong></div>\n'
    extra = '{{#Extra}}<section class="qf-part">{{Extra}}</section>\n{{/Extra}}'
    to_name = CardTemplate(
        "Name the concept",
        _front(_STEM),
        _back(name + '<div class="qf-under">{{Explanation}}</div>\n' + extra),
    )
    # The card exists where Options holds its question: where the definition is short enough to recall.
    asked = '<div class="qf-stem">{{Options}}</div>\n'
    to_definition = CardTemplate(
        "Define the concept",
        "{{#Options}}" + _front(asked) + "{{/Options}}",
        _back(asked + _RULE + '<div class="qf-answer">{{Explanation}}</div>\n' + extra),
    )
    return to_name, to_definition


@cache
def note_types() -> Mapping[NoteKind, NoteType]:
    """The note type of each kind of note."""
    question = NoteType(1_735_689_600_102, "QuizForge Question", (_question(),))
    return MappingProxyType(
        {
            "choice": NoteType(1_735_689_600_101, "QuizForge Choice", (_choice(),)),
            "question": question,
            "recall": question,
            "type-in": NoteType(1_735_689_600_103, "QuizForge Type-in", (_type_in(),)),
            "cloze": NoteType(1_735_689_600_104, "QuizForge Cloze", (_cloze(),), is_cloze=True),
            "concept": NoteType(1_735_689_600_105, "QuizForge Concept", _concept()),
        }
    )


@cache
def styling() -> str:
    """The style sheet of all note types, for day and night."""
    dark = (highlight_css(dark=True, scope=f"{night} .qf") for night in (".nightMode", ".night_mode"))
    return "".join((_file("style.css"), highlight_css(scope=".qf"), *dark))


def part_id(note_type: int, name: str) -> int:
    """The id of a field or template of a note type: 62 bits of a hash of its name at release 1.

    Anki follows a rename by the id; whoever renames one keeps the old name here.
    """
    digest = blake2b(f"{note_type}/{name}".encode(), digest_size=8, person=b"quizforge-part").digest()
    return int.from_bytes(digest, "big") >> 2


@cache
def _file(name: str) -> str:
    return files("quizforge.exporters.anki").joinpath("templates").joinpath(name).read_text("utf-8")
