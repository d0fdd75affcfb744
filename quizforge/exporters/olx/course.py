"""The files of a course: its outline, one unit for each question or case, images.

Source: "OLX: Open Learning XML" (Open edX documentation), and ``olxcleaner`` 0.3.0, which checks such trees.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from quizforge.exporters.base import Mode
from quizforge.model.media import Media

RUN: Final = "quiz"
ORGANISATION: Final = "QuizForge"
TOP: Final = "course"
"""The one folder at the top of the archive, as Studio exports and imports it."""

_START, _END = "2030-01-01T00:00:00Z", "2099-12-31T00:00:00Z"
"""Studio's own start of a course that has not been given one, and an end that never comes; both must be given."""

_NAME_LIMIT = 255
"""Characters of a display name that Studio shows whole."""


@dataclass(frozen=True, slots=True)
class Component:
    """A problem or a text.

    Attributes:
        kind: ``problem`` or ``html``.
        name: ``url_name``.
        title: Plain text.
        attributes: Of a problem.
        content: XML of a problem, XHTML of a text.
    """

    kind: str
    name: str
    title: str
    content: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """What stands on one page: a question, or a case with its questions."""

    name: str
    title: str
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the quiz."""

    name: str
    title: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A quiz as a course.

    Attributes:
        id: ``course`` in its key.
        title: Plain text.
        mode: Whether it arrives as an exam or for practice.
        parts: In order.
        media: Images by name.
    """

    id: str
    title: str
    mode: Mode
    parts: tuple[Part, ...]
    media: Mapping[str, Media]


def files(course: Course) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file, outline first, then by name."""
    yield f"{TOP}/course.xml", _element("course", {"url_name": RUN, "org": ORGANISATION, "course": course.id})
    yield f"{TOP}/course/{RUN}.xml", _course(course)
    yield f"{TOP}/chapter/{course.id}.xml", _chapter(course)
    for part in course.parts:
        yield f"{TOP}/sequential/{part.name}.xml", _sequential(part, course.mode)
        for unit in part.units:
            children = [(component.kind, component.name) for component in unit.components]
            yield f"{TOP}/vertical/{unit.name}.xml", _element("vertical", {"display_name": unit.title}, children)
            for component in unit.components:
                yield from _component(component)
    policy = {f"course/{RUN}": {"tabs": _TABS}}
    yield f"{TOP}/policies/{RUN}/policy.json", _json(policy)
    yield f"{TOP}/policies/{RUN}/grading_policy.json", _json(_GRADING)
    for name in sorted(course.media):
        yield f"{TOP}/static/{name}", course.media[name].data


_TABS = [
    {"type": "courseware", "name": "Course"},
    {"type": "progress", "name": "Progress"},
]
_GRADING = {
    "GRADER": [{"drop_count": 0, "min_count": 1, "short_label": "Quiz", "type": "Quiz", "weight": 1.0}],
    "GRADE_CUTOFFS": {"Pass": 0.5},
}


def _course(course: Course) -> bytes:
    attributes = {"display_name": course.title, "course_image": "", "start": _START, "end": _END}
    return _element("course", attributes, [("chapter", course.id)])


def _chapter(course: Course) -> bytes:
    attributes = {"display_name": course.title}
    if course.mode == "exam":
        attributes["visible_to_staff_only"] = "true"
    return _element("chapter", attributes, [("sequential", part.name) for part in course.parts])


def _sequential(part: Part, mode: Mode) -> bytes:
    attributes = {"display_name": part.title, "format": "Quiz", "graded": "true" if mode == "exam" else "false"}
    if mode == "exam":
        attributes["show_correctness"] = "never"
    return _element("sequential", attributes, [("vertical", unit.name) for unit in part.units])


def _component(component: Component) -> Iterator[tuple[str, bytes]]:
    if component.kind == "html":
        attributes = {"display_name": component.title, "filename": component.name}
        yield f"{TOP}/html/{component.name}.xml", _element("html", attributes)
        yield f"{TOP}/html/{component.name}.html", component.content.encode()
        return
    head = _tag("problem", {"display_name": component.title, **component.attributes})
    yield f"{TOP}/problem/{component.name}.xml", f"<{head}>\n{component.content}</problem>\n".encode()


def _element(name: str, attributes: Mapping[str, str], children: Iterable[tuple[str, str]] = ()) -> bytes:
    inner = "".join(f'  <{kind} url_name="{child}"/>\n' for kind, child in children)
    head = _tag(name, attributes)
    return (f"<{head}>\n{inner}</{name}>\n" if inner else f"<{head}/>\n").encode()


def _tag(name: str, attributes: Mapping[str, str]) -> str:
    return "".join([name, *(f' {key}="{escape(value)}"' for key, value in attributes.items())])


def title(text: str) -> str:
    """A plain text as a display name, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _NAME_LIMIT else line[: _NAME_LIMIT - 1] + "…"


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
