"""A reader of GIFT that takes a file apart as Moodle 4.5.6 does.

Written from how ``question/format/gift/format.php`` and ``question/format.php`` read a file. Where Moodle would refuse
a question, or read it otherwise than it was meant, the reader raises :class:`ImportFault`.
"""

from __future__ import annotations

import re

from tests.tools.moodle_cloze import Alternative
from tests.tools.moodle_model import MoodleQuestion
from tests.tools.moodle_texts import LISTED
from tests.tools.moodle_xmlize import ImportFault

_MARKS = {":": "058", "#": "035", "=": "061", "{": "123", "}": "125", "~": "126", "n": "010"}
_WEIGHT = re.compile(r"%-*([0-9]{1,2})\.?([0-9]*)%")
_NUMERIC = re.compile(r"[ \t\n]*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?[ \t\n]*", re.ASCII)
_BLANKS = " \t\n\r\0\x0b"


def read(data: bytes) -> tuple[MoodleQuestion, ...]:
    """The questions of a file.

    Raises:
        ImportFault: Moodle would not take all of it as it was meant.
    """
    category: tuple[str, ...] = ()
    found = []
    for block in _blocks(data.decode("utf-8")):
        comment = "".join(line for line in block if line.startswith("//"))
        text = "\n".join(" " if line.startswith("//") else line for line in block).strip(_BLANKS)
        text = _pre(text)
        if text.startswith("$CATEGORY:"):
            category = _category(text[10:].strip(_BLANKS))
        elif text:
            found.append(_question(text, comment, category))
    keys = [(question.category, question.idnumber) for question in found]
    if len(set(keys)) < len(keys):
        raise ImportFault("an idnumber stands twice in a category, and one of them is dropped")
    return tuple(found)


def _blocks(text: str) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for raw in text.split("\n"):
        line = raw.strip(_BLANKS)
        if line in {"", "0"}:
            blocks.append([])
        else:
            blocks[-1].append(line)
    return [block for block in blocks if block]


def _pre(text: str) -> str:
    text = text.replace("\\\\", "&&092;")
    for character, number in _MARKS.items():
        text = text.replace(f"\\{character}", f"&&{number};")
    return text.replace("&&092;", "\\")


def _post(text: str) -> str:
    for character, number in _MARKS.items():
        text = text.replace(f"&&{number};", "\n" if character == "n" else character)
    return text


def _category(path: str) -> tuple[str, ...]:
    parts = [part.replace("//", "/").strip() for part in re.split(r"(?<!/)/(?!/)", path)]
    if parts[:2] != ["$course$", "top"] or len(parts) < 3:
        raise ImportFault(f"category {path!r}")
    if any(
        not name or name == "top" or "<" in name or re.search("&&[0-9]{3};", name) or len(name) > 255
        for name in parts[2:]
    ):
        raise ImportFault(f"category {path!r}")
    return tuple(parts[2:])


def _text(text: str, fallback: str) -> tuple[str, str]:
    """A text and its format."""
    if text.startswith("["):
        end = text.find("]")
        if text[1:end] in {"html", "plain", "markdown", "moodle"}:
            return _post(text[end + 1 :]).strip(_BLANKS), text[1:end]
    return _post(text).strip(_BLANKS), fallback


def _html(text: str) -> str:
    found, form = _text(text.strip(_BLANKS), "moodle")
    if form != "html":
        raise ImportFault(f"a text in format {form}: {text!r}")
    return found


def _question(text: str, comment: str, category: tuple[str, ...]) -> MoodleQuestion:
    if not text.startswith("::") or "::" not in text[2:]:
        raise ImportFault(f"no name: {text[:60]!r}")
    name, _, text = text[2:].partition("::")
    text = text.strip(_BLANKS)
    start, end = text.find("{"), text.find("}")
    if (start < 0) != (end < 0) or end < start:
        raise ImportFault(f"braces: {text!r}")
    answers = "" if start < 0 else text[start + 1 : end].strip(_BLANKS)
    if start >= 0 and end != len(text) - 1:
        raise ImportFault(f"text behind the braces: {text!r}")
    answers, general = _parted(answers)
    question = MoodleQuestion(
        kind="",
        name=_name(_post(name)),
        idnumber=_idnumber(comment),
        category=category,
        text=_html(text if start < 0 else text[:start]),
        general=_html(general) if general else "",
        mark=0.0 if start < 0 else 1.0,
        penalty=1 / 3,
        tags=_tags(comment),
        hints=(),
    )
    if not question.text:
        raise ImportFault("no question text")
    _read_answers(question, answers, described=start < 0)
    return question


def _parted(answers: str) -> tuple[str, str]:
    at = answers.rfind("####")
    return (answers, "") if at < 0 else (answers[:at].strip(_BLANKS), answers[at + 4 :])


def _name(name: str) -> str:
    if not name.strip() or "<" in name or len(name) > 255:
        raise ImportFault(f"question name {name!r}")
    return name.strip()


def _idnumber(comment: str) -> str:
    found = re.search(r"\[id:((?:\\\]|[^\]\x00-\x1f\x7f])+)\]", comment)
    if not found:
        raise ImportFault(f"no idnumber in {comment!r}")
    return found[1].strip().replace("\\]", "]")


def _tags(comment: str) -> tuple[str, ...]:
    found = re.findall(r"\[tag:((?:\\\]|[^\]<>`\x00-\x1f\x7f])+)\]", comment)
    if len(found) != comment.count("[tag:"):
        raise ImportFault(f"a tag is lost: {comment!r}")
    return tuple(tag.strip().replace("\\]", "]") for tag in found)


def _read_answers(question: MoodleQuestion, answers: str, *, described: bool) -> None:
    if described:
        question.kind = "description"
    elif not answers:
        question.kind = "essay"
    elif answers.startswith("#"):
        question.kind = "numerical"
        question.answers = tuple(_number(answer) for answer in _split(answers[1:], "="))
    elif "~" in answers:
        question.kind = "multichoice"
        question.settings["single"] = "true" if "=" in answers else "false"
        question.answers = tuple(_choice(answer) for answer in _split(answers.replace("=", "~="), "~"))
        _check_choices(question)
    elif "=" in answers and "->" in answers:
        question.kind = "matching"
        _pairs(question, _split(answers, "="))
    elif answers.partition("#")[0].strip(_BLANKS) in {"T", "TRUE", "F", "FALSE"}:
        question.kind = "truefalse"
        _verdict(question, answers)
    else:
        question.kind = "shortanswer"
        question.settings["usecase"] = "0"
        question.answers = tuple(_typed(answer) for answer in _split(answers, "="))
    if question.kind in {"numerical", "shortanswer"} and not any(answer.fraction == 1 for answer in question.answers):
        raise ImportFault("no answer earns everything")


def _split(answers: str, sign: str) -> list[str]:
    parts = answers.split(sign)
    if not parts[0].strip(_BLANKS):
        parts = parts[1:]
    return [part.strip(_BLANKS) for part in parts]


def _weighted(answer: str) -> tuple[float | None, str]:
    found = _WEIGHT.match(answer)
    if not found:
        return None, answer
    percent = float(found[0].strip("%"))
    if not any(abs(abs(percent) - listed) < 0.001 for listed in LISTED):
        raise ImportFault(f"fraction {percent} is not in Moodle's list")
    return round(percent / 100, 7), answer[found.end() :]


def _choice(answer: str) -> Alternative:
    if answer.startswith("="):
        fraction, answer = 1.0, answer[1:]
    else:
        weight, answer = _weighted(answer)
        fraction = weight or 0.0
    text, mark, feedback = answer.partition("#")
    shown = _html(text)
    if not shown:
        raise ImportFault("a blank choice is dropped")
    return Alternative(shown, fraction, _html(feedback) if mark else "")


def _check_choices(question: MoodleQuestion) -> None:
    fractions = [answer.fraction for answer in question.answers]
    if len(fractions) < 2:
        raise ImportFault("fewer than two choices")
    if question.settings["single"] == "true" and max(fractions) != 1:
        raise ImportFault("no choice earns everything")
    if question.settings["single"] == "false" and abs(sum(f for f in fractions if f > 0) - 1) > 1e-5:
        raise ImportFault(f"positive fractions do not add up to 1: {fractions}")


def _typed(answer: str) -> Alternative:
    weight, answer = _weighted(answer)
    text, mark, feedback = answer.partition("#")
    typed, form = _text(text.strip(_BLANKS), "html")
    if form != "plain" or not typed:
        raise ImportFault(f"a typed answer in format {form}, or none: {answer!r}")
    return Alternative(typed, 1.0 if weight is None else weight, _html(feedback) if mark else "")


def _number(answer: str) -> Alternative:
    weight, answer = _weighted(answer)
    text, mark, feedback = answer.partition("#")
    number, sign, tolerance = text.strip(_BLANKS).partition(":")
    if ".." in text or not _NUMERIC.fullmatch(number) or not sign or not _NUMERIC.fullmatch(tolerance):
        raise ImportFault(f"{text!r} becomes '*', which takes any answer")
    shown = _html(feedback) if mark else ""
    return Alternative(number, 1.0 if weight is None else weight, shown, float(tolerance))


def _pairs(question: MoodleQuestion, answers: list[str]) -> None:
    if len(answers) < 2 or not all("->" in answer for answer in answers):
        raise ImportFault(f"pairs {answers}")
    parted = [answer.partition("->") for answer in answers]
    sides = [(left.strip(_BLANKS), _post(right).strip(_BLANKS)) for left, _, right in parted]
    if any(not right or len(right) > 255 for _, right in sides):
        raise ImportFault("a right side that is empty or too long")
    question.stems = tuple(_html(left) for left, _ in sides if left)
    question.rights = tuple(right for left, right in sides if left)
    question.offered = tuple(dict.fromkeys(right for _, right in sides))
    if not all(question.stems) or len(question.stems) < 2:
        raise ImportFault("a left side that shows nothing")


def _verdict(question: MoodleQuestion, answers: str) -> None:
    verdict, *replies = answers.split("#", 2)
    wrong, right = ([_html(reply) if reply.strip(_BLANKS) else "" for reply in replies] + ["", ""])[:2]
    holds = verdict.strip(_BLANKS) in {"T", "TRUE"}
    true = Alternative("true", float(holds), right if holds else wrong)
    question.answers = (true, Alternative("false", float(not holds), wrong if holds else right))
