"""Moodle's way of finding and scoring the gaps of a cloze text, for the test reader."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from tests.tools.moodle_xmlize import ImportFault

_TEXT = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"}
_CASE = {"SHORTANSWER_C", "SAC", "MWC"}
_NUMBER = {"NUMERICAL", "NM"}
_CHOICE = {
    "MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH",
    "MULTICHOICE_S", "MCS", "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS",
}  # fmt: skip
_SEVERAL = {"MULTIRESPONSE", "MR", "MULTIRESPONSE_H", "MRH", "MULTIRESPONSE_S", "MRS", "MULTIRESPONSE_HS", "MRHS"}
KINDS = _TEXT | _NUMBER | _CHOICE | _SEVERAL

_HEAD = re.compile(r"\{([0-9]*):([A-Z_]+):")
_WEIGHT = re.compile(r"=|%(-?[0-9]+(?:[.,][0-9]*)?)%")
_NUMBER_FORM = r"-?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?"
_NUMBER_ANSWER = re.compile(rf"({_NUMBER_FORM})(?::({_NUMBER_FORM}))?")
_RESPONSE_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class Alternative:
    """One answer of a gap or question.

    Attributes:
        text: Plain text, HTML for choices, a number for numbers.
        fraction: -1 to 1.
        feedback: HTML.
        tolerance: For numbers.
    """

    text: str
    fraction: float
    feedback: str = ""
    tolerance: float = 0.0


@dataclass(frozen=True)
class Gap:
    """One gap: its mark, its type name, its alternatives."""

    mark: int
    kind: str
    alternatives: tuple[Alternative, ...]

    @property
    def several(self) -> bool:
        """Whether it has check boxes."""
        return self.kind in _SEVERAL

    def grade(self, response: str | int | frozenset[int] | None) -> float:
        """Share of the mark: a typed text, the index of an alternative, or the indices ticked."""
        if response is None or response == "":
            return 0.0
        if isinstance(response, frozenset):
            return min(max(sum(self.alternatives[index].fraction for index in response), 0.0), 1.0)
        if isinstance(response, int):
            return self.alternatives[response].fraction
        if self.kind in _NUMBER:
            return grade_number(self.alternatives, response)
        return grade_text(self.alternatives, response, usecase=self.kind in _CASE)


def grade_text(answers: tuple[Alternative, ...], response: str, *, usecase: bool) -> float:
    """The first answer that matches counts."""
    typed = unicodedata.normalize("NFC", response).strip(" \t\n\r\0\x0b")
    if not typed:
        return 0.0
    for answer in answers:
        parts = re.split(r"(?<!\\)\*+", unicodedata.normalize("NFC", answer.text))
        pattern = ".*".join(re.escape(part.replace("\\*", "*")) for part in parts)
        if re.fullmatch(pattern, typed, 0 if usecase else re.IGNORECASE):
            return answer.fraction
    return 0.0


def read_number(response: str) -> float | None:
    """The number that a response begins with, on an English site."""
    text = response.replace(" ", "")
    text = re.sub(r"(?:e|E|(?:x|\*|\xd7)10(?:\^|\*\*))([+-]?\d+)", r"e\1", text, flags=re.ASCII)
    # A comma is the thousands separator there, so it goes, whether there is a point or not.
    found = _RESPONSE_NUMBER.match(text.replace(",", ""))
    return None if found is None else float(found[0])


def grade_number(answers: tuple[Alternative, ...], response: str) -> float:
    """The first answer within whose tolerance the number lies counts."""
    value = read_number(response)
    if value is None:
        return 0.0
    for answer in answers:
        if answer.text == "*":
            return answer.fraction
        target = float(answer.text)
        room = answer.tolerance + 1e-14 * max(abs(answer.tolerance), abs(target), 1e-14)
        if target - room <= value <= target + room:
            return answer.fraction
    return 0.0


def gaps_of(text: str) -> tuple[Gap, ...]:
    """The gaps of a text, in order.

    Raises:
        ImportFault: There is none, one is not recognised, one cannot be scored in full.
    """
    if re.search(r"\{#\d+\}", text):
        raise ImportFault("the text holds the mark that Moodle puts in place of a gap")
    gaps: list[Gap] = []
    position = 0
    while (head := re.compile(r"\{[0-9]*:").search(text, position)) is not None:
        found = _gap(text, head.start())
        if found is None:
            raise ImportFault(f"this stays as literal text: {text[head.start() : head.start() + 60]!r}")
        gap, position = found
        _check(gap)
        gaps.append(gap)
    if not gaps:
        raise ImportFault("a cloze text without a gap")
    return tuple(gaps)


def _gap(text: str, start: int) -> tuple[Gap, int] | None:
    head = _HEAD.match(text, start)
    if head is None or head[2] not in KINDS:
        return None
    raw: list[tuple[str | None, str, str]] = []
    position = head.end()
    while True:
        weight = _WEIGHT.match(text, position)
        position = position if weight is None else weight.end()
        end = _end(text, position + 1, "~#}", guard=("\\", "&", "&amp;"))
        if end is None:
            return None
        answer, feedback = text[position:end], ""
        position = end
        if text[position] == "#":
            end = _end(text, position + 1, "~}", guard=("\\",))
            if end is None:
                return None
            feedback, position = text[position + 1 : end], end
        raw.append((None if weight is None else weight[0], answer, feedback))
        position += 1
        if text[position - 1] == "}":
            return Gap(int(head[1] or 1), head[2], _alternatives(head[2], raw)), position


def _end(text: str, start: int, stops: str, *, guard: tuple[str, ...]) -> int | None:
    for index in range(start, len(text)):
        if text[index] in stops and not text[:index].endswith(guard):
            return index
    return None


def _alternatives(kind: str, raw: list[tuple[str | None, str, str]]) -> tuple[Alternative, ...]:
    fractions = [_fraction(weight) for weight, _, _ in raw]
    if kind in _SEVERAL:
        total = sum(fraction for fraction in fractions if fraction > 0)
        named = any(weight is not None and weight != "=" for weight, _, _ in raw)
        if total:
            fractions = [
                fraction / total if fraction > 0 else fraction if named else -1 / total for fraction in fractions
            ]
    found = []
    for fraction, (_, answer, feedback) in zip(fractions, raw, strict=True):
        text, tolerance = _decoded(answer), 0.0
        if kind in _NUMBER:
            number = _NUMBER_ANSWER.fullmatch(answer)
            if number is None:
                raise ImportFault(f"no number: {answer!r}")
            if "," in answer:
                raise ImportFault(f"a decimal comma: {answer!r}")
            text, tolerance = number[1], float(number[2] or 0)
        found.append(Alternative(text.strip(), round(fraction, 7), _decoded(feedback), tolerance))
    return tuple(found)


def _fraction(weight: str | None) -> float:
    if weight == "=":
        return 1.0
    return 0.0 if weight is None else 0.01 * float(weight.strip("%").replace(",", "."))


def _decoded(text: str) -> str:
    return html.unescape(text).replace("\\}", "}").replace("\\#", "#")


def _check(gap: Gap) -> None:
    if gap.kind in _CHOICE | _SEVERAL and len(gap.alternatives) < 2:
        raise ImportFault("a gap with fewer than two choices")
    if any(not alternative.text for alternative in gap.alternatives):
        raise ImportFault("an empty answer in a gap")
    fractions = [alternative.fraction for alternative in gap.alternatives]
    if gap.several:
        if not any(fraction > 0 for fraction in fractions):
            raise ImportFault("a gap of check boxes without a right one")
    elif 1.0 not in fractions:
        raise ImportFault("a gap without an answer that earns everything")
    if min(fractions) < 0 and not gap.several:
        raise ImportFault("a negative fraction in a gap, which can take marks from the other gaps")
