"""A reader of Moodle XML that imitates Moodle 4.5's importer and scores responses as Moodle would.

Written from notes on how the importer behaves. Where Moodle would refuse the file, crash later, or
silently lose or change something, the reader raises :class:`ImportFault`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.tools.moodle_model import Hint, MoodleQuestion
from tests.tools.moodle_texts import filled, number, text_of
from tests.tools.moodle_types import ELEMENTS, GRADERS, READERS
from tests.tools.moodle_xmlize import ImportFault, Node, xmlize

__all__ = ["Import", "ImportFault", "MoodleQuestion", "grade", "read"]


@dataclass(frozen=True)
class Import:
    """What came out of a file."""

    questions: tuple[MoodleQuestion, ...]
    categories: tuple[tuple[str, ...], ...]

    def by_id(self) -> dict[str, MoodleQuestion]:
        """Questions by idnumber."""
        return {question.idnumber: question for question in self.questions}


def read(data: bytes) -> Import:
    """Import a file.

    Raises:
        ImportFault: Moodle would not take all of it as it was meant.
    """
    root = xmlize(data)
    if root.tag != "quiz" or not root.children:
        raise ImportFault("no <quiz> with questions: the importer crashes")
    category: tuple[str, ...] = ()
    categories: list[tuple[str, ...]] = []
    questions: list[MoodleQuestion] = []
    for node in root.children:
        if node.tag != "question":
            raise ImportFault(f"<{node.tag}> among the questions")
        if node.attributes["type"] == "category":
            category = _category(node)
            if len(category) > 1 and category[:-1] not in categories:
                raise ImportFault(f"category {category} stands before its parent")
            categories.append(category)
        else:
            questions.append(_question(node, category))
    keys = [(question.category, question.idnumber) for question in questions]
    if len(set(keys)) < len(keys):
        raise ImportFault("an idnumber stands twice in a category, and one of them is dropped")
    return Import(tuple(questions), tuple(dict.fromkeys(categories)))


def _category(node: Node) -> tuple[str, ...]:
    path = node.one("category").word("text")
    parts = re.split(r"(?<!/)/(?!/)", path)
    if parts[:2] != ["$course$", "top"] or len(parts) < 3:
        raise ImportFault(f"'{path}' does not begin with $course$/top/")
    if node.one("info").attributes.get("format") is None or node.word("idnumber"):
        raise ImportFault("category info without format, or a category idnumber")
    names = tuple(part.replace("//", "/").strip() for part in parts[2:])
    for name in names:
        if not name or name == "top" or "<" in name or name[0] == "/" or name[-1] == "/" or len(name) > 255:
            raise ImportFault(f"category name {name!r}")
    return names


def _question(node: Node, category: tuple[str, ...]) -> MoodleQuestion:
    kind = node.attributes["type"]
    unknown = {child.tag for child in node.children} - ELEMENTS.get(kind, set())
    if unknown:
        raise ImportFault(f"type {kind} with {sorted(unknown) or 'its name unknown'}")
    files: dict[str, bytes] = {}
    question = MoodleQuestion(
        kind=kind,
        name=_name(node),
        idnumber=_idnumber(node),
        category=category,
        text=filled(text_of(node.one("questiontext"), files), "question text"),
        general=text_of(node.one("generalfeedback"), files),
        mark=1.0 if kind == "cloze" else number(node.word("defaultgrade"), 0, 99999),
        penalty=number(node.word("penalty"), 0, 1),
        tags=_tags(node),
        hints=tuple(_hint(hint, kind, files) for hint in node.all("hint")),
        files=files,
    )
    READERS[kind](node, question)
    return question


def _name(node: Node) -> str:
    name = node.one("name").word("text")
    if not name or "<" in name or len(name) > 255:
        raise ImportFault(f"question name {name!r}")
    return name


def _idnumber(node: Node) -> str:
    found = node.word("idnumber")
    if not found or len(found) > 100:
        raise ImportFault(f"idnumber {found!r}")
    return found


def _tags(node: Node) -> tuple[str, ...]:
    if not node.has("tags"):
        return ()
    tags = tuple(tag.word("text") for tag in node.one("tags").all("tag"))
    if len({tag.lower() for tag in tags}) < len(tags):
        raise ImportFault(f"tags that differ in case only: {tags}")
    for tag in tags:
        if not tag or len(tag) > 255 or set(tag) & set("<>`"):
            raise ImportFault(f"tag {tag!r}")
    return tags


def _hint(node: Node, kind: str, files: dict[str, bytes]) -> Hint:
    told = node.has("shownumcorrect")
    if told and kind not in {"multichoice", "matching", "ordering", "cloze"}:
        raise ImportFault(f"a hint of type {kind} cannot tell how many are right")
    return Hint(text_of(node, files, extra={"shownumcorrect", "clearwrong"}), told)


def grade(question: MoodleQuestion, response: object) -> float:
    """Share of the mark, as Moodle's question engine computes it.

    Args:
        question: As read.
        response: Index or indices of answers; True or False; a typed text; a right side for each
            stem; the index of an item for each place; a response for each gap; None for none.
    """
    return 0.0 if response is None else GRADERS[question.kind](question, response)
