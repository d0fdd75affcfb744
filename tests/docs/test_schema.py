"""The JSON Schema that editors check banks by agrees with the documents: what they call right, it accepts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from quizforge.loading.schema import bank_schema, quiz_schema
from tests.docs.blocks import Block, blocks_of

_ROOT = Path(__file__).parents[2]
_PAGES = sorted((_ROOT / "quizforge" / "pages").glob("*.md"))


@cache
def _validator() -> Any:
    return jsonschema_rs.validator_for(bank_schema())


@cache
def _quiz_validator() -> Any:
    return jsonschema_rs.validator_for(quiz_schema())


def _errors(text: str) -> list[str]:
    """What an editor says of a file; statistics have no schema."""
    tree = yaml.safe_load(text)
    if "stats" in tree or "ledger" in tree:
        return []
    validator = _quiz_validator() if "quiz" in tree else _validator()
    return [error.message for error in validator.iter_errors(tree)]


def _sound_banks() -> list[tuple[str, Block]]:
    """The cures on the pages of the codes, and the banks of the reference."""
    cures = ((path.stem, block) for path in _PAGES for block in blocks_of(path, "yaml") if block.heading == "Instead")
    documents = ("bank-format", "quizzes")
    examples = ((name, block) for name in documents for block in blocks_of(_ROOT / "docs" / f"{name}.md", "yaml"))
    return [*cures, *examples]


@pytest.mark.parametrize(("name", "block"), _sound_banks(), ids=lambda value: getattr(value, "line", value))
def test_sound_bank_fits_the_schema(name: str, block: Block) -> None:
    """Whatever the documents show as right has no error in an editor either."""
    assert _errors(block.text) == [], f"{name}, line {block.line}"


def _bank_files() -> list[Path]:
    """The files of the shipped banks; tables of data are none."""
    return [path for path in sorted((_ROOT / "banks").rglob("*.yaml")) if path.parent.name != "data"]


@pytest.mark.parametrize("path", _bank_files(), ids=lambda path: path.name)
def test_shipped_bank_fits_the_schema(path: Path) -> None:
    """No file of the shipped banks has an error in an editor."""
    assert _errors(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("code", ["QF101", "QF102", "QF103", "QF104", "QF105", "QF107", "QF108", "QF111", "QF112"])
def test_faulty_bank_does_not_fit(code: str) -> None:
    """Faults that a schema can see are underlined while they are typed."""
    (block,) = (
        block for block in blocks_of(_ROOT / "quizforge" / "pages" / f"{code}.md", "yaml") if block.heading == "Example"
    )
    text = re.sub(r" +# error: .*$", "", block.text, flags=re.MULTILINE).replace("answer: no", "answer: 'no'")

    assert not _validator().is_valid(yaml.safe_load(text))


@pytest.mark.parametrize(
    "change",
    [
        {"vars": {}},
        {"vars": {"N": [1]}},
        {"vars": {"n": {"range": [1]}}},
        {"vars": {"n": {"table": "x.txt"}}},
        {"note": None},
        {"count": 0},
        {"reject": ["v-00000000"]},
        {"answer": "three"},
        {"choices": ["<< n >>"]},
        {"allow": {"QF101": "no"}},
    ],
)
def test_faulty_item_model_does_not_fit(change: dict[str, Any]) -> None:
    """An item model may hold templates where a question holds values, and is checked as strictly otherwise."""
    model = {"id": "m", "type": "numerical", "vars": {"n": [1]}, "note": "<< n >>", "stem": "s", "answer": "<< n >>"}
    bank = {"schema": 1, "id": "x", "title": "X"}

    assert _validator().is_valid(bank | {"item_models": [model]})
    assert not _validator().is_valid(bank | {"item_models": [model | change]})


def test_every_property_is_explained() -> None:
    """Editors show a text for every key of every entry."""
    schema, quiz = bank_schema(), quiz_schema()
    bodies = {"bank": schema, **schema["$defs"], "quiz": quiz, **quiz["$defs"]}
    silent = [
        (name, key)
        for name, body in bodies.items()
        for key, value in body.get("properties", {}).items()
        if "description" not in value
    ]

    assert silent == [("Question", "type")]


def test_limits_are_in_the_words_of_json_schema() -> None:
    """Numbers have ``minimum`` and ``maximum``, and defaults are what an author would write."""
    choice = bank_schema()["$defs"]["Choice"]["properties"]
    answer = bank_schema()["$defs"]["Answer"]["properties"]

    assert (choice["credit"]["minimum"], choice["credit"]["maximum"]) == (-100, 100)
    assert answer["credit"]["default"] == 100


def test_schema_does_not_depend_on_what_was_built_before() -> None:
    """The schema is the same in a process that has built the model of a numerical answer on its own."""
    code = (
        "from quizforge.model.questions.numerical import NumericalAnswer\n"
        "from quizforge.loading.schema import bank_schema\n"
        "NumericalAnswer(value=1)\n"
        "import json; print(json.dumps(bank_schema()))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)

    assert json.loads(done.stdout) == bank_schema()
