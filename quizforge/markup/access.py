"""What some readers would miss: references by colour alone, links that do not say where they lead, foreign words.

Each check begins with a test that most texts leave at once, since every text of a bank comes by here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from quizforge.markup.attributes import LANGUAGE_ATTRIBUTES
from quizforge.markup.problem import TextProblem
from quizforge.model.codes.text import COLOR_ONLY, UNMARKED_LANGUAGE, VAGUE_LINK

_COLOR = (
    r"(?:(?:light|dark|bright|pale) )?"
    r"(?:red|green|blue|yellow|orange|purple|pink|brown|gr[ae]y|violet|magenta|cyan|turquoise)"
)
_DRAWN = (
    "areas?|arrows?|balls?|bars?|boxes|box|boxed|cells?|circles?|columns?|cubes?|curves?|dots?|edges?|fields?|frames?|"
    "graphs?|labels?|letters?|lines?|markers?|nodes?|parts?|pixels?|points?|rectangles?|regions?|rows?|segments?|"
    "shapes?|slices?|squares?|symbols?|text|triangles?|words?"
)
_OTHER_CUE = r"(?!,? *(?:\(|(?:which is |that is )?(?:label+ed|marked|named|called|numbered|with)\b)| [A-Z0-9]\b)"
_IN_PICTURE = re.compile(
    rf"\b(?:the|a|an|each|every|which|both|all|these|those) {_COLOR} (?:{_DRAWN})\b{_OTHER_CUE}", re.IGNORECASE
)
_IN_COLOR = re.compile(rf" in {_COLOR}\b(?! (?:and white|wine|light|ink on)\b)", re.IGNORECASE)
_SHOWN = re.compile(
    r"(?:shown|marked|highlighted|printed|drawn|colou?red|written|set|shaded|filled|painted|displayed|underlined|outlined"
    r"|circled|text|words?|lines?|parts?|areas?|cells?|terms?|answers?) *\Z",
    re.IGNORECASE,
)
_COLOR_HINT = "name the thing by its place, label or form too: 'the dashed red line', 'the red line (A)'"

_LINK = re.compile(r"(?<![!\\\]])\[([^\[\]\n]{1,300})\](?=\(|\[)")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>", re.IGNORECASE)
_EMPTY_WORDS = frozenset(
    [
        *("here", "click", "click here", "this", "this link", "this page", "this site", "this website", "link"),
        *("the link", "more", "read more", "see more", "learn more", "more info", "more information", "details"),
        *("page", "website", "source", "url", "hier", "hier klicken", "klicken sie hier", "dieser link", "mehr"),
        *("weiterlesen", "ici", "cliquez ici", "cliquer ici", "ce lien", "lien", "en savoir plus", "aquí"),
        *("haz clic aquí", "haga clic aquí", "este enlace", "enlace", "leer más", "qui", "clicca qui", "questo link"),
        *("aqui", "clique aqui", "este link", "klik hier", "deze link"),
    ]
)
"""English, German, French, Spanish, Italian, Portuguese and Dutch."""
_URL = re.compile(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)

_SCRIPTS = (
    ("Greek", "\u0370-\u03ff\u1f00-\u1fff", 3, "el grc"),
    ("Cyrillic", "\u0400-\u052f", 2, "ru uk be bg sr mk kk ky mn tg tt ba cv ce os"),
    ("Armenian", "\u0530-\u058f", 2, "hy"),
    ("Hebrew", "\u0590-\u05ff", 2, "he yi"),
    ("Arabic", "\u0600-\u06ff\u0750-\u077f", 2, "ar fa ur ps ku ug sd ckb"),
    ("Devanagari", "\u0900-\u097f", 2, "hi mr ne sa"),
    ("Thai", "\u0e00-\u0e7f", 2, "th"),
    ("Korean", "\u1100-\u11ff\uac00-\ud7af", 1, "ko"),
    ("Chinese or Japanese", "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff", 1, "zh ja ko yue wuu nan hak lzh"),
)
"""Name, characters, letters from which on it is a word and no symbol, and the languages that are written in it. All
other languages are taken for Latin."""
_TONGUE = (
    "Danish|Dutch|Finnish|French|German|Hungarian|Indonesian|Irish|Italian|Latin|Norwegian|Polish|Portuguese|Romanian|"
    "Spanish|Swahili|Swedish|Turkish|Vietnamese|Welsh"
)
_NAMED = re.compile(
    rf"({_TONGUE}) "
    r"(?:adjective|expression|greeting|name|noun|phrase|proverb|quotation|sentence|term|title|verb|word)s? "
    r"(?:for \w+ )?[\"'*_\u2018\u201c\u201e\u00ab]+"
    r"([^\W\d][^\"*_\u2019\u201d\u00bb\n]{0,80})[\"'*_\u2019\u201d\u00bb]+(?!\{:)"
)


def may_shut_out(plain: str) -> bool:
    """Whether a text without any markup is worth a look by :func:`access_problems`."""
    return not plain.isascii() or " in " in plain or "'" in plain or '"' in plain


def access_problems(text: str, masked: str, language: str) -> Iterator[TextProblem]:
    """What some readers of a text would miss.

    Args:
        text: As the author wrote it.
        masked: The same with code, maths, blanks and images masked.
        language: Of the bank, BCP 47. Colours and named languages are looked for in English texts.
    """
    if language[:2] in {"en", "EN"}:
        if "![" in text:
            yield from _colors_of_picture(masked)
        elif " in " in masked:
            yield from _colors_of_text(masked)
        if "'" in masked or '"' in masked or "*" in masked or not masked.isascii():
            yield from _named_languages(masked)
    if "](" in masked or "][" in masked or "<" in masked:
        yield from _vague_links(masked)
    if not masked.isascii():
        yield from _foreign_words(masked, language)


def _colors_of_picture(masked: str) -> Iterator[TextProblem]:
    for pattern in (_IN_PICTURE, _IN_COLOR):
        for match in pattern.finditer(masked):
            message = f"'{match[0].strip()}' can be told from the rest of the picture by its colour alone"
            start = match.end() - len(match[0].lstrip())
            yield TextProblem(COLOR_ONLY, start, match.end(), message, _COLOR_HINT)


def _colors_of_text(masked: str) -> Iterator[TextProblem]:
    for match in _IN_COLOR.finditer(masked):
        if _SHOWN.search(masked, max(0, match.start() - 30), match.start()):
            message = f"'{match[0].strip()}' speaks of a colour, which texts do not have and not everyone sees"
            yield TextProblem(COLOR_ONLY, match.start() + 1, match.end(), message, _COLOR_HINT)


def _vague_links(masked: str) -> Iterator[TextProblem]:
    hint = "write what the link leads to: [the exam rules](…)"
    for match in _LINK.finditer(masked):
        shown = match[1].strip(" *_.!:>\u2192\u00bb")
        if " ".join(shown.casefold().split()) in _EMPTY_WORDS:
            message = f"'{shown}' does not say where the link leads"
        elif _URL.match(shown):
            message = "the text of the link is its address"
        else:
            continue
        yield TextProblem(VAGUE_LINK, match.start(1), match.end(1), message, hint)
    for match in _AUTOLINK.finditer(masked):
        if not match[1].lower().startswith("mailto:"):
            yield TextProblem(VAGUE_LINK, match.start(1), match.end(1), "the text of the link is its address", hint)


def _named_languages(masked: str) -> Iterator[TextProblem]:
    for match in _NAMED.finditer(masked):
        message = f"'{match[2]}' is {match[1]}, and is read out as if it were English"
        yield TextProblem(UNMARKED_LANGUAGE, match.start(2), match.end(2), message, _mark(match[2]))


def _foreign_words(masked: str, language: str) -> Iterator[TextProblem]:
    primary = language.split("-", 1)[0].lower()
    marked: Iterator[tuple[int, int]] | None = None
    start = end = 0
    for match in _foreign(primary).finditer(masked):
        if marked is None:
            marked = _marked(masked) if "{:" in masked else iter(())
        while end <= match.start() and (stretch := next(marked, None)) is not None:
            start, end = stretch
        if start <= match.start() < end:
            continue
        script = _SCRIPTS[int((match.lastgroup or "s0")[1:])][0]
        message = f"'{match[0]}' is written in {script} script, and is read out as if it were '{primary}'"
        yield TextProblem(UNMARKED_LANGUAGE, match.start(), match.end(), message, _mark(match[0]))
        return


@cache
def _foreign(primary: str) -> re.Pattern[str]:
    """Words in any script but that of a language."""
    foreign = (
        rf"(?P<s{index}>[{characters}]{{{least},}}(?:[ ,\u3001]+[{characters}]+)*)"
        for index, (_, characters, least, languages) in enumerate(_SCRIPTS)
        if primary not in languages.split()
    )
    return re.compile("|".join(foreign))


def _marked(masked: str) -> Iterator[tuple[int, int]]:
    """Stretches whose language is marked: ``*text*{: lang=fr}`` and ``[text](url){: lang=fr}``, in order."""
    for match in LANGUAGE_ATTRIBUTES.finditer(masked):
        before = match.start() - 1
        last = masked[before : before + 1]
        opener = "[" if last in {")", "]"} else last
        while opener in {"*", "_"} and masked[before - 1 : before] == opener:
            before -= 1
        start = masked.rfind(opener, 0, before) if opener in {"*", "_", "["} else -1
        if start >= 0 and "lang" in match[0]:
            yield start, match.end()


def _mark(word: str) -> str:
    shown = word if len(word) <= 30 else "…"
    return f"mark its language: *{shown}*{{: lang=…}}"
