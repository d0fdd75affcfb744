"""Numbers in options: one value with its unit, or a range."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

_MAX_LENGTH = 60
_MAX_BLANKS = 5
"""Longer options are sentences, and a sentence is no quantity."""

_DIGITS = r"\d{1,3}(?:[,\u00a0\u2009\u202f ]\d{3})+(?!\d)|\d{1,40}"
_NUMBER = re.compile(
    rf"(?<![\w.^])(?P<sign>[+\u2212\u2013-]?)(?P<whole>{_DIGITS})?"
    r"(?P<decimals>(?:(?<=\d)|(?<![\w.^]))[.,]\d{1,40}(?!\.\d))?"
    r"(?:(?:[eE]|\s?[\u00d7*]\s?10\^)\{?(?P<power>[+\u2212-]?\d{1,3})\}?)?"
    r"(?P<vulgar>\s?[\u00bc-\u00be\u2150-\u215e])?"
    r"(?:(?P<mixed>\s\d{1,9})?\s?/\s?(?P<below>\d{1,9})(?![\d/]))?"
)
_HAS_DIGIT = re.compile(r"[\d\u00bc-\u00be\u2150-\u215e]")
_FORMULA_PARTS = (
    (re.compile(r"\\[()\[\]]"), " "),
    (re.compile(r"\\([$%])"), r"\1"),
    (re.compile(r"\\[,;:! ]|~|\{,\}"), " "),
    (re.compile(r"\\(?:text|mathrm|mathit|operatorname)\s?\{([^{}]*)\}"), r" \1 "),
    (re.compile(r"\\[dt]?frac\s?\{(\d+)\}\s?\{(\d+)\}"), r" \1/\2 "),
    (re.compile(r"\\(?:times|cdot)\b"), "\u00d7"),
    (re.compile(r"\^\s?\\circ|\\degree"), "\u00b0"),
)
_FORMULA_LEFT = re.compile(r"[\\_{}=<>]|\^(?!\{?[+-]?\d)")
_NAMES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_WORDS = {word: value for value, word in enumerate(_NAMES.split())}
_SPELT = re.compile(rf"({'|'.join(_WORDS)})\b")
_BETWEEN = re.compile(r"(?i)\s*(?:[-\u2013\u2014]|to|and|up to)\s*")
_LEAST = re.compile(r"(?i)(?P<open>>|more than|over|above|greater than|longer than)|\u2265|>=|at least|from")
_MOST = re.compile(
    r"(?i)(?P<open><|less than|under|below|fewer than|smaller than|shorter than)|\u2264|<=|at most|up to"
)
_OR_MORE = re.compile(r"(?i)(?P<unit>.*?)\s*(?:or (?:more|above|over|greater|higher|longer|older))(?P<rest>.*)")
_OR_LESS = re.compile(
    r"(?i)(?P<unit>.*?)\s*(?:or (?:less|fewer|below|under|lower|smaller|shorter|younger))(?P<rest>.*)"
)
_POWER_OF_UNIT = re.compile(r"(?<=[^\W\d_])(?:\^-?\d|/(?=[^\W\d_]))")
_TEN_TO_THE = re.compile(
    r"(?<![\w.^])10(?:\^\{?(?P<power>[+\u2212-]?\d{1,3})\}?|(?P<raised>[\u207a\u207b]?[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]{1,3}))"
)
_RAISED = str.maketrans("\u207a\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "+-0123456789")
_ABOUT = re.compile(
    r"(?:^|(?<= ))(?:about|approximately|approx\.?|around|roughly|circa|ca\.?|~|\u2248)(?: |$)", re.IGNORECASE
)
_SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_SCALE = re.compile(rf"\s*({'|'.join(_SCALES)})s?\b")
_OPERATOR = re.compile(r"[=<>+*/^()\[\]{}|\u00d7\u00f7\u00b1]|[-\u2212\u2013]$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What one option says in numbers.

    Attributes:
        low, high: The ends of a range, equal for a single number; None where it has no end there.
        low_open, high_open: Whether the end itself is left out.
        unit: What stands around the number, as written (``mW`` is not ``MW``): ``kg``, ``$``, ``after days``.
        places: Decimal places as written; None for fractions, powers and ranges.
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False
    unit: str = ""
    places: int | None = None

    @property
    def single(self) -> bool:
        """Whether it is one number."""
        return self.low is not None and self.low == self.high

    @property
    def rank(self) -> tuple[bool, Fraction, bool, Fraction]:
        """Sorts quantities of one unit: by the lower end, then by the upper."""
        zero = Fraction(0)
        return (self.low is not None, self.low or zero, self.high is None, self.high or zero)

    def meets(self, other: Quantity) -> bool:
        """Whether some number lies in both."""
        return _reaches(self, other) and _reaches(other, self)


def _reaches(one: Quantity, other: Quantity) -> bool:
    """Whether the upper end of one is not below the lower end of the other."""
    if one.high is None or other.low is None or one.high > other.low:
        return True
    return one.high == other.low and not (one.high_open or other.low_open)


@dataclass(frozen=True, slots=True)
class _Found:
    value: Fraction
    places: int | None
    start: int
    end: int


def quantity(text: str, *, english: bool = True) -> Quantity | None:
    r"""The number or range that a plain text says, with what stands around it as its unit.

    Args:
        text: Without markup; formulas as ``\(…\)``.
        english: Whether words count, and ``1,500`` is fifteen hundred. In other languages it may be one and a half,
            so that it is taken for neither.

    Returns:
        None where there is no number, more than one that make no range, or a formula beyond a number.
    """
    if len(text) > _MAX_LENGTH or text.count(" ") > _MAX_BLANKS:
        return None
    if _HAS_DIGIT.search(text) is None:
        return _spelt(text) if english else None
    if "\\" in text or "{" in text:
        for pattern, replacement in _FORMULA_PARTS:
            text = pattern.sub(replacement, text)
        text = _TEN_TO_THE.sub(_power_of_ten, text)
        if _FORMULA_LEFT.search(text):
            return None
    text = " ".join(text.split())
    if "10" in text:
        text = _TEN_TO_THE.sub(_power_of_ten, text)
    matches = [match for match in _NUMBER.finditer(text) if _HAS_DIGIT.search(match[0])]
    if not 0 < len(matches) < 3:
        return None
    found = [_read(match, text, english=english) for match in matches]
    first, second = found[0], found[-1]
    if first is None or second is None:
        return None
    return _one(text, first) if len(found) == 1 else _range(text, first, second)


def _power_of_ten(match: re.Match[str]) -> str:
    """``10^5`` as a factor behind a number, else as a number of its own."""
    power = match["power"] or match["raised"].translate(_RAISED)
    before = match.string[: match.start()].rstrip()
    return f"10^{power}" if before.endswith(("\u00d7", "*", "\u00b7")) else f"1e{power}"


def _read(match: re.Match[str], text: str, *, english: bool) -> _Found | None:
    whole, decimals, below = match["whole"] or "", match["decimals"] or "", match["below"]
    if not english and (re.search(r"[,.\u00a0\u202f ]\d{3}$", whole) or re.fullmatch(r"[,.]\d{3}", decimals)):
        return None
    digits = re.sub(r"[^\d]", "", whole)
    value = Fraction(int(digits or "0"))
    places: int | None = len(decimals) - 1 if decimals else 0
    if decimals:
        value += Fraction(int(decimals[1:]), 10 ** (len(decimals) - 1))
    if below is not None:
        if int(below) == 0 or decimals:
            return None
        value = value + Fraction(int(match["mixed"]), int(below)) if match["mixed"] else value / int(below)
    if match["vulgar"]:
        value += Fraction(unicodedata.numeric(match["vulgar"].strip())).limit_denominator(100)
    if match["power"]:
        value *= Fraction(10) ** int(match["power"].replace("\u2212", "-"))
    exact = not (below or match["vulgar"] or match["power"])
    # a minus straight behind a word or number is a dash
    negative = match["sign"] in {"-", "\u2212", "\u2013"}
    end = match.end()
    scale = _SCALE.match(text, end) if english else None
    if scale is not None:
        value *= 10 ** _SCALES[scale[1]]
        places, end = None, scale.end()
    return _Found(-value if negative else value, places if exact else None, match.start(), end)


def _one(text: str, found: _Found) -> Quantity | None:
    before, after = text[: found.start].strip(), text[found.end :].strip(" .")
    if text[found.end : found.end + 1] in (".", ",", ":", "/") and text[found.end + 1 : found.end + 2].isdigit():
        return None  # a version, a time or a date
    value = found.value
    if (bound := _LEAST.fullmatch(before)) is not None:
        return Quantity(value, None, low_open=bound["open"] is not None, unit=after)
    if (bound := _MOST.fullmatch(before)) is not None:
        return Quantity(None, value, high_open=bound["open"] is not None, unit=after)
    if not before and (bound := _OR_MORE.fullmatch(after) or _OR_LESS.fullmatch(after)) is not None:
        more = _OR_MORE.fullmatch(after) is not None
        return Quantity(value if more else None, None if more else value, unit=bound["unit"] + bound["rest"])
    unit = _unit(_ABOUT.sub("", before) if before else "", after)
    return None if unit is None else Quantity(value, value, unit=unit, places=found.places)


def _unit(before: str, after: str) -> str | None:
    """What stands around a number; None where it is part of an expression."""
    if _OPERATOR.search(before) or _OPERATOR.search(_POWER_OF_UNIT.sub("", after)):
        return None
    return f"{before} {after}".strip()


def _range(text: str, first: _Found, second: _Found) -> Quantity | None:
    between = text[first.end : second.start]
    low, high = first.value, second.value
    if second.value < 0 and text[second.start] in "-\u2013" and not between.strip():
        between, high = "-", -high  # "5-10": the dash was taken for a sign
    before, after = text[: first.start].strip(), text[second.end :].strip(" .")
    if before.casefold() != "between" and between.strip().casefold() == "and":
        return None  # two numbers
    if before.casefold() in {"between", "from"}:
        before = ""
    middle = _BETWEEN.fullmatch(between.replace(after, "") if after else between)
    unit = _unit(before, after)
    if middle is None or unit is None or low >= high:
        return None
    return Quantity(low, high, unit=unit)


def _spelt(text: str) -> Quantity | None:
    lower = text.casefold().strip(" .")
    match = _SPELT.match(lower)
    if match is None:
        return None
    rest = lower[match.end() :]
    if rest[:1] not in ("", " ") or len(rest.split()) > 2:
        return None
    value = Fraction(_WORDS[match[1]])
    return Quantity(value, value, unit=rest.strip())
