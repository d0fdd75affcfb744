"""A reader of QTI packages, written from the specification for the tests alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

from tests.tools.offline_schema import parser
from tests.tools.qti_item import QtiItem, UnreadableError, camel, elements, inner, name, read_item


@dataclass(frozen=True, slots=True)
class QtiPackage:
    """What a package holds.

    Attributes:
        items: In the order of the test.
        weights: Of the items in the test.
        control: Attributes of the item session control, by their names in 2.1.
        sections: Title, visibility and instructions of each section.
        title: Of the test.
    """

    items: tuple[QtiItem, ...]
    weights: tuple[float, ...]
    control: Mapping[str, str]
    sections: tuple[tuple[str, str, str | None], ...]
    title: str


def read_package(data: bytes) -> QtiPackage:
    """A package with everything in it.

    Raises:
        UnreadableError: A file is missing, listed twice or not listed, an item is not in the test, or an image that an
            item shows does not belong to its resource.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        files = {each: archive.read(each) for each in names}
    if names[0] != "imsmanifest.xml" or names[1:] != sorted(names[1:]):
        raise UnreadableError(f"members {names}")
    resources = [
        element
        for element in elements(etree.fromstring(files["imsmanifest.xml"], parser()))
        if name(element) == "resource"
    ]
    listed: set[str] = set()
    items: dict[str, QtiItem] = {}
    test = None
    for resource in resources:
        owned = [child.get("href") for child in resource if name(child) == "file"]
        listed |= set(owned)
        if resource.get("href") not in owned or any(each not in files for each in owned):
            raise UnreadableError(f"files {owned}")
        if "_test_" in resource.get("type"):
            test = resource
            continue
        found = read_item(files[resource.get("href")])
        shown = {normpath(join(dirname(resource.get("href")), image)) for image in found.images}
        if found.identifier != resource.get("identifier") or shown != set(owned) - {resource.get("href")}:
            raise UnreadableError(f"{resource.get('href')}: {shown} in {owned}")
        items[resource.get("href")] = found
    if test is None or set(names) - {"imsmanifest.xml"} != listed:
        raise UnreadableError(f"not listed: {set(names) - listed}")
    needed = [child.get("identifierref") for child in test if name(child) == "dependency"]
    if sorted(needed) != sorted(item.identifier for item in items.values()):
        raise UnreadableError(f"dependencies {needed}")
    return _with_test(etree.fromstring(files[test.get("href")], parser()), items)


def _with_test(root: Any, items: Mapping[str, QtiItem]) -> QtiPackage:
    every = elements(root)
    refs = [element for element in every if name(element) == "assessmentItemRef"]
    (control,) = (element for element in every if name(element) == "itemSessionControl")
    for ref in refs:
        if items[ref.get("href")].identifier != ref.get("identifier"):
            raise UnreadableError(f"reference {ref.get('identifier')}")
    sections = tuple(
        (
            element.get("title"),
            element.get("visible"),
            next((inner(child) for child in element if name(child) == "rubricBlock"), None),
        )
        for element in every
        if name(element) == "assessmentSection"
    )
    return QtiPackage(
        items=tuple(items[ref.get("href")] for ref in refs),
        weights=tuple(float(ref[0].get("value")) for ref in refs),
        control={camel(key): value for key, value in control.attrib.items()},
        sections=sections,
        title=root.get("title"),
    )
