"""Schemas of a user's folder are put together there, and nothing else is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.tools.offline_schema import MissingSchemaError, SchemaFolder, parser

OUTER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:outer" xmlns:in="urn:inner">
  <xs:import namespace="urn:inner" schemaLocation="{location}"/>
  <xs:element name="outer">
    <xs:complexType><xs:sequence><xs:element ref="in:inner"/></xs:sequence></xs:complexType>
  </xs:element>
</xs:schema>"""
INNER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:inner">
  <xs:element name="inner" type="xs:integer"/>
</xs:schema>"""


def _folder(tmp_path: Path, location: str, *, inner: bool = True) -> SchemaFolder:
    source, workshop = tmp_path / "source", tmp_path / "workshop"
    (source / "below").mkdir(parents=True)
    workshop.mkdir()
    (source / "outer.xsd").write_text(OUTER.format(location=location))
    if inner:
        (source / "below" / "inner.xsd").write_text(INNER)
    return SchemaFolder(source, workshop)


@pytest.mark.parametrize("location", ["below/inner.xsd", "https://example.org/schemas/inner.xsd", "../../inner.xsd"])
def test_an_import_is_found_in_the_folder(tmp_path: Path, location: str) -> None:
    """Wherever a schema says that another one lies, it is the one in the folder that is taken."""
    schema = _folder(tmp_path, location).schema("urn:outer")

    assert schema.validate(etree.fromstring('<outer xmlns="urn:outer"><inner xmlns="urn:inner">1</inner></outer>'))
    assert not schema.validate(etree.fromstring('<outer xmlns="urn:outer"><inner xmlns="urn:inner">x</inner></outer>'))


def test_a_missing_schema_is_named(tmp_path: Path) -> None:
    """Nothing is fetched: what is not in the folder is missing, and the message says what and for whom."""
    folder = _folder(tmp_path, "https://example.org/inner.xsd", inner=False)

    with pytest.raises(MissingSchemaError, match=r"outer\.xsd asks for inner\.xsd"):
        folder.schema("urn:outer")
    with pytest.raises(MissingSchemaError, match="urn:other"):
        folder.schema("urn:other")


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    """An entity that names a file gives nothing of it."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    text = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><a>&e;</a>'

    assert "secret" not in "".join(etree.fromstring(text.encode(), parser()).itertext())
