"""Every file of a QTI package is valid by the specification's own schema, which the user gives by ``--schema-dir``."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from posixpath import basename
from typing import Any

import pytest
from lxml import etree

from quizforge.api import Env, export, load_bank
from quizforge.exporters import registry
from quizforge.exporters.qti import QtiOptions
from quizforge.formats.qti import QTI_21, QTI_30, Version
from quizforge.model.bank import Bank
from quizforge.model.quiz import Item, Quiz, Section
from tests.tools import samples
from tests.tools.offline_schema import MissingSchemaError, SchemaFolder, parser

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "all-types" / "bank"
VERSIONS: Mapping[str, Version] = {"qti21": QTI_21, "qti30": QTI_30}
BANKS = {
    **{bank.id: bank for bank in samples.banks()},
    "all-types": load_bank(GOLDEN),
    "llm-alignment": load_bank(ROOT / "banks" / "llm-alignment"),
}
TRICKY = """
schema: 1
id: tricky
title: Tricky
language: ar
questions:
  - id: markup
    type: true_false
    answer: true
    stem: |
      # Heading

      3. three
      4. four

      *chat*{: lang=fr dir=ltr} and [link](https://example.org/a?b=c&d=e "title")

      | a | b |
      |:-:|--:|
      | 1 | \\(x<y\\) |

      ![A ramp](ramp.png "A title")

      > quoted

      ---

      ```python
      if a < b: pass
      ```

      \\[\\begin{cases} 1 & x < 0 \\\\ \\frac{a}{b} & \\text{otherwise} \\end{cases}\\]
"""


@pytest.fixture(scope="module")
def schemas(schema_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], Any]:
    """Schemas of items and of manifests, by version; a sentence in place of one that is not in the folder."""
    folder = SchemaFolder(schema_dir, tmp_path_factory.mktemp("schemas"))
    found: dict[tuple[str, str], Any] = {}
    for name, version in VERSIONS.items():
        for what, namespace, location in (
            ("item", version.namespace, version.location),
            ("manifest", version.manifest, version.manifest_location),
        ):
            found[name, what] = _schema(folder, namespace, basename(location))
    return found


def _schema(folder: SchemaFolder, namespace: str, name: str) -> Any:
    """A schema, or why there is none."""
    try:
        return folder.schema(namespace, name, "imscp_v1p1.xsd")
    except MissingSchemaError as missing:
        return str(missing)


def _faults(bank: Bank, name: str, schemas: Mapping[tuple[str, str], Any], **options: Any) -> list[str]:
    (file,) = export(bank, name, options=QtiOptions(**options)).files
    faults = []
    with zipfile.ZipFile(BytesIO(file.data)) as archive:
        for member in archive.namelist():
            schema = schemas[name, "manifest" if member == "imsmanifest.xml" else "item"]
            if member.endswith(".xml") and not schema.validate(etree.fromstring(archive.read(member), parser())):
                faults += [f"{member}: {error.message}" for error in schema.error_log]
    return faults


def _given(name: str, schemas: Mapping[tuple[str, str], Any]) -> None:
    for what in ("item", "manifest"):
        if isinstance(schemas[name, what], str):
            pytest.skip(f"{what} of {name}: {schemas[name, what]}")


@pytest.mark.parametrize("name", VERSIONS)
@pytest.mark.parametrize("bank", BANKS)
def test_every_file_is_valid(name: str, bank: str, schemas: Mapping[tuple[str, str], Any]) -> None:
    """Manifest, test and items of each bank, as an exam and for practice."""
    _given(name, schemas)

    assert _faults(BANKS[bank], name, schemas) == []
    assert _faults(BANKS[bank], name, schemas, mode="practice") == []


@pytest.mark.parametrize("name", VERSIONS)
def test_all_markup_is_valid(name: str, schemas: Mapping[tuple[str, str], Any], tmp_path: Path) -> None:
    """Lists, tables, links, languages, code and formulas are in the part of HTML that the version takes."""
    _given(name, schemas)
    (tmp_path / "bank.yaml").write_text(TRICKY, encoding="utf-8")
    (tmp_path / "ramp.png").write_bytes((GOLDEN / "media" / "ramp.png").read_bytes())

    assert _faults(load_bank(tmp_path), name, schemas) == []


@pytest.mark.parametrize("name", VERSIONS)
def test_an_assembled_test_is_valid(name: str, schemas: Mapping[tuple[str, str], Any]) -> None:
    """Titles, instructions, a time limit and a pool to draw from are where the version has them."""
    _given(name, schemas)
    bank = BANKS["all-types"]
    items = tuple(Item(question, bank) for question in bank.questions)
    sections = (Section(items[:2], title="A & B", instructions="Read *well*."), Section(items[2:], draw=2))
    quiz = Quiz(id="q", title="Q", language="en", sections=sections, banks=(bank,), minutes=Decimal(90))
    (file,) = registry.get(name).render(quiz, QtiOptions(), Env()).files
    with zipfile.ZipFile(BytesIO(file.data)) as archive:
        test = etree.fromstring(archive.read("assessment.xml"), parser())
    schemas[name, "item"].assertValid(test)


@pytest.mark.parametrize("name", VERSIONS)
def test_the_check_itself_finds_faults(name: str, schemas: Mapping[tuple[str, str], Any]) -> None:
    """An item with an attribute or an element out of place is refused."""
    _given(name, schemas)
    (file,) = export(BANKS["all-types"], name).files
    with zipfile.ZipFile(BytesIO(file.data)) as archive:
        items = [archive.read(member) for member in archive.namelist() if member.startswith("items/i")]
    schema = schemas[name, "item"]
    for item in items:
        assert schema.validate(etree.fromstring(item, parser()))
        assert not schema.validate(etree.fromstring(item.replace(b" identifier=", b" ident=", 1), parser()))
        assert not schema.validate(etree.fromstring(item.replace(b"<p>", b"<p><b><script/></b>", 1), parser()))
