from __future__ import annotations

import json
from decimal import Decimal
from importlib.resources import files
from string import Formatter

import pytest

from quizforge.exporters.words import direction, words

LOCALES = {
    path.name.removesuffix(".json"): json.loads(path.read_text("utf-8"))
    for path in files("quizforge.exporters").joinpath("locale").iterdir()
    if path.name.endswith(".json")
}


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_there_are_four_languages_at_least() -> None:
    """English, German, French and Spanish have catalogues."""
    assert {"en", "de", "fr", "es"} <= LOCALES.keys()


@pytest.mark.parametrize("language", sorted(LOCALES))
def test_catalogues_agree(language: str) -> None:
    """Every catalogue has the keys of the English one, in its order, with the same placeholders and no empty text."""
    english, other = LOCALES["en"], LOCALES[language]
    assert list(other) == list(english)
    assert {key: placeholders(text) for key, text in other.items()} == {
        key: placeholders(text) for key, text in english.items()
    }
    assert [key for key, text in other.items() if not text.strip()] == []


@pytest.mark.parametrize(
    ("asked", "given"),
    [("de", "de"), ("de-AT", "de"), ("FR-ca", "fr"), ("es-Latn-419", "es"), ("ja", "en"), ("x", "en"), ("../en", "en")],
)
def test_fallback(asked: str, given: str) -> None:
    """A region falls back to its language, an unknown language to English, and no tag leaves the folder."""
    assert words(asked).language == given


def test_an_unknown_key_is_an_error() -> None:
    """A key that no catalogue has is a fault of the program, not an empty text."""
    with pytest.raises(KeyError):
        words("en")["no.such.key"]


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("en", "1", "1\u00a0point"),
        ("en", "1.50", "1.5\u00a0points"),
        ("en", "0", "0\u00a0points"),
        ("de", "0.5", "0,5\u00a0Punkte"),
        ("fr", "1.5", "1,5\u00a0point"),
        ("fr", "2", "2\u00a0points"),
        ("es", "1E+1", "10\u00a0puntos"),
    ],
)
def test_counts(language: str, number: str, text: str) -> None:
    """A count takes the plural form and the decimal mark of its language."""
    assert words(language).count("common.points", Decimal(number)) == text


def test_numbers() -> None:
    """A negative number has a true minus, and closing zeros go."""
    assert words("en").number(Decimal("-25.0")) == "\N{MINUS SIGN}25"
    assert words("en").number(Decimal(100)) == "100"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("ku-Latn", "ltr"), ("de", "ltr")],
)
def test_direction(language: str, expected: str) -> None:
    """Arabic, Hebrew, Persian and Urdu run from right to left, unless their script does not."""
    assert direction(language) == expected
