"""Banks for the tests of QTI packages, and what is read back of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from quizforge.api import export, load_bank
from quizforge.exporters.base import Export
from quizforge.exporters.qti import QtiOptions
from quizforge.model.bank import Bank
from tests.tools import samples
from tests.tools.qti_item import QtiItem
from tests.tools.qti_package import QtiPackage, read_package

FORMATS = ("qti21", "qti30")
GOLDEN = Path(__file__).parents[1] / "golden" / "all-types" / "bank"


def package(bank: Bank, name: str = "qti21", mode: Any = "exam") -> QtiPackage:
    """A bank as it is read back."""
    (file,) = export(bank, name, options=QtiOptions(mode=mode)).files
    return read_package(file.data)


def full(kind: str) -> Bank:
    """The sample bank of a type that uses every field."""
    return samples.loaded(samples.FOLDER / kind / "full.yaml").banks[0]


def bank_of(tmp_path: Path, *questions: dict[str, Any], **header: Any) -> Bank:
    """A bank from plain data."""
    text = yaml.safe_dump({"schema": 1, "id": "b", "title": "B", **header, "questions": list(questions)})
    (tmp_path / "bank.yaml").write_text(text, encoding="utf-8")
    return load_bank(tmp_path)


def item_of(tmp_path: Path, question: dict[str, Any], name: str = "qti30") -> QtiItem:
    """A question from plain data, as it is read back."""
    (item,) = package(bank_of(tmp_path, {"id": "q", "stem": "What?", **question}), name).items
    return item


def messages(made: Export) -> str:
    """What an export says."""
    return "\n".join(problem.message for problem in made.problems)
