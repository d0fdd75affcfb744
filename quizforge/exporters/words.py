"""The exporters' own words in the language of a quiz.

A catalogue is ``locale/<language>.json``: flat, from key to text, with ``{placeholders}``. All
catalogues have the same keys and placeholders, so that a new language is one new file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

FALLBACK = "en"
_PLAIN_DIGITS = 16
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.ASCII)
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
_LEFT_TO_RIGHT_SCRIPTS = frozenset({"latn", "cyrl"})


@dataclass(frozen=True, slots=True)
class Words:
    """One catalogue.

    Attributes:
        language: Of the texts; another than the one asked for where there is no catalogue for that.
        texts: From key to text.
    """

    language: str
    texts: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """A text as it stands in the catalogue.

        Raises:
            KeyError: No catalogue has that key.
        """
        return self.texts[key]

    def say(self, key: str, **values: object) -> str:
        """A text with its placeholders filled in."""
        return self.texts[key].format(**values)

    def count(self, key: str, number: Decimal | int) -> str:
        """A number of things: ``1 point``, ``2.5 points``.

        Args:
            key: Of the two texts ``<key>.one`` and ``<key>.other``.
            number: How many; French takes the singular below two (CLDR 48, plural rules).
        """
        alone = abs(Decimal(number)) < 2 if self.language == "fr" else number == 1
        return self.texts[f"{key}.one" if alone else f"{key}.other"].format(n=self.number(number))

    def number(self, number: Decimal | int) -> str:
        """A number without closing zeros, with the language's decimal mark and a true minus.

        Very large and very small ones keep an exponent.
        """
        exact = Decimal(number)
        text = format(exact, "f") if -_PLAIN_DIGITS < exact.adjusted() < _PLAIN_DIGITS else str(exact.normalize())
        if "." in text:
            mantissa, exponent, power = text.partition("E")
            text = f"{mantissa.rstrip('0').rstrip('.')}{exponent}{power}"
            text = text.replace(".", self.texts["common.decimal"])
        return "\N{MINUS SIGN}" + text[1:] if text.startswith("-") else text


def words(language: str) -> Words:
    """The catalogue for a language.

    Args:
        language: BCP 47. Subtags are taken off from the end until there is a catalogue: ``de-AT``
            gives German; what has none gives English.
    """
    tag = language.lower()
    while tag:
        found = _catalogue(tag) if _TAG.fullmatch(tag) else None
        if found is not None:
            return found
        tag = tag.rpartition("-")[0]
    fallback = _catalogue(FALLBACK)
    if fallback is None:
        raise FileNotFoundError(f"locale/{FALLBACK}.json")
    return fallback


def direction(language: str) -> str:
    """``rtl`` for a language that is written from right to left, else ``ltr``."""
    base, *subtags = language.lower().split("-")
    return "rtl" if base in _RIGHT_TO_LEFT and _LEFT_TO_RIGHT_SCRIPTS.isdisjoint(subtags) else "ltr"


@cache
def _catalogue(tag: str) -> Words | None:
    try:
        source = files("quizforge.exporters").joinpath("locale").joinpath(f"{tag}.json").read_text("utf-8")
    except FileNotFoundError:
        return None
    return Words(tag, json.loads(source))
