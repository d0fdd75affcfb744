"""A Canvas package as both of its readers find it: unpacked, its manifest followed, its quizzes as trees.

Written from what the readers do and not from what our exporter does, so that a shape which only we understand is
found. The two readers go on in ``canvas_classic.py`` and ``canvas_newquizzes.py``.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from html import unescape
from typing import Any

from lxml import etree

QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
CP = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
META = "{http://canvas.instructure.com/xsd/cccv1p0}"
FILE_BASE = "%24IMS-CC-FILEBASE%24/"

Score = Callable[[Any], Fraction]


@dataclass(frozen=True)
class Read:
    """A question as a reader keeps it.

    Attributes:
        ident: Of the item.
        title: Of the item.
        kind: The reader's own type, or ``Error``.
        points: As text.
        stem: HTML.
        options: Text or HTML of each option by its ident.
        lefts: HTML of each left side by its response ident.
        blanks: Options or accepted texts of each blank by its name.
        feedback: ``general``, ``right`` and ``wrong``.
        answer_feedback: By option, text or left side.
        parent: Ident of the stimulus, or None.
        shown: Further facts, by reader.
        score: Share of the points that a response earns.
    """

    ident: str
    title: str
    kind: str
    points: str
    stem: str
    options: Mapping[str, str] = field(default_factory=dict)
    lefts: Mapping[str, str] = field(default_factory=dict)
    blanks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    feedback: Mapping[str, str] = field(default_factory=dict)
    answer_feedback: Mapping[str, str] = field(default_factory=dict)
    parent: str | None = None
    shown: Mapping[str, Any] = field(default_factory=dict)
    score: Score = lambda _: Fraction(0)


@dataclass(frozen=True)
class QuizTree:
    """One quiz: its settings, and its items in order, a group as a list."""

    title: str
    settings: Mapping[str, str]
    content: tuple[Any, ...]

    @property
    def items(self) -> list[Any]:
        """All items, also those in groups."""
        return [
            item
            for part in self.content
            for item in (part.iter(f"{QTI}item") if part.tag == f"{QTI}section" else [part])
        ]


@dataclass(frozen=True)
class Package:
    """An unpacked archive.

    Attributes:
        names: Of its members in order.
        quizzes: In the order of the manifest.
        media: Content by path.
    """

    names: tuple[str, ...]
    quizzes: tuple[QuizTree, ...]
    media: Mapping[str, bytes]


class BrokenPackageError(Exception):
    """A reader would refuse the package or read something else from it."""


def unpack(data: bytes) -> Package:
    """Follow the manifest of an archive.

    Raises:
        BrokenPackageError: What the manifest names is not there, or is there and not named.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    if next(iter(members)) != "imsmanifest.xml":
        raise BrokenPackageError("the manifest is not the first file at the root")
    manifest = parse(members["imsmanifest.xml"])
    if manifest.findtext(f"{CP}metadata/{CP}schema") != "IMS Content":
        raise BrokenPackageError("another importer would be chosen by the schema's name")
    resources = {node.get("identifier"): node for node in manifest.iter(f"{CP}resource")}
    if len(resources) != len(list(manifest.iter(f"{CP}resource"))):
        raise BrokenPackageError("two resources have one identifier")
    named = [file.get("href") for node in resources.values() for file in node.iter(f"{CP}file")]
    if sorted(named) != sorted(set(members) - {"imsmanifest.xml"}):
        raise BrokenPackageError("files and manifest differ")
    quizzes = tuple(
        _quiz(node, resources, members) for node in resources.values() if node.get("type") == "imsqti_xmlv1p2"
    )
    media = {
        file.get("href"): members[file.get("href")]
        for node in resources.values()
        if node.get("type") == "webcontent"
        for file in node.iter(f"{CP}file")
    }
    return Package(tuple(members), quizzes, media)


def _quiz(node: Any, resources: Mapping[str, Any], members: Mapping[str, bytes]) -> QuizTree:
    tree = parse(members[node.find(f"{CP}file").get("href")])
    meta = resources[node.find(f"{CP}dependency").get("identifierref")]
    path = next(f.get("href") for f in meta.iter(f"{CP}file") if f.get("href").endswith("assessment_meta.xml"))
    settings = {etree.QName(found).localname: found.text or "" for found in parse(members[path])}
    assessment = tree.find(f"{QTI}assessment")
    root = assessment.find(f"{QTI}section")
    content = tuple(part for part in root if part.tag in {f"{QTI}item", f"{QTI}section"})
    return QuizTree(assessment.get("title"), settings, content)


def parse(data: bytes) -> Any:
    """XML without entities, network or blank text between elements."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    return etree.fromstring(data, parser)


def found(node: Any, path: str) -> list[Any]:
    """Elements below a node, by local names."""
    return list(node.iterfind("/".join(f"{QTI}{step}" if step not in {".", ""} else step for step in path.split("/"))))


def all_of(node: Any, name: str) -> list[Any]:
    """All descendants of a name."""
    return list(node.iter(f"{QTI}{name}"))


def metadata(item: Any) -> dict[str, str]:
    """Metadata fields of an item."""
    return {
        entry.findtext(f"{QTI}fieldlabel"): entry.findtext(f"{QTI}fieldentry") or ""
        for entry in all_of(item, "qtimetadatafield")
    }


def text_below(node: Any) -> str:
    """The text of the first ``mattext`` below a node."""
    mattext = next(iter(all_of(node, "mattext")), None)
    return "" if mattext is None else "".join(mattext.itertext())


def stem_of(item: Any) -> str:
    """HTML of the question text."""
    return text_below(item.find(f"{QTI}presentation"))


def linked(condition: Any) -> list[str]:
    """Idents of the feedback that a condition shows."""
    return [node.get("linkrefid") for node in all_of(condition, "displayfeedback")]


def feedback_texts(item: Any) -> dict[str, str]:
    """HTML of each ``itemfeedback`` that has the ``flow_mat`` which New Quizzes need."""
    return {
        node.get("ident"): text_below(node)
        for node in all_of(item, "itemfeedback")
        if node.find(f"{QTI}flow_mat/{QTI}material/{QTI}mattext") is not None
    }


def images_of(html: str) -> list[str]:
    """Paths of the package's images that an HTML text shows."""
    sources = re.findall(r'<img[^>]* src="([^"]*)"', html)
    return [unescape(source).removeprefix(FILE_BASE) for source in sources if source.startswith(FILE_BASE)]


def same_text(one: str, other: str) -> bool:
    """Whether two typed texts are the same to a reader that minds neither case nor outer blanks."""
    return one.strip().lower() == other.strip().lower()


def clipped(value: Fraction) -> Fraction:
    """Between nothing and all."""
    return min(max(value, Fraction(0)), Fraction(1))
