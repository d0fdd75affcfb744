"""What the test reader makes of a Moodle question."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.tools.moodle_cloze import Alternative, Gap


@dataclass(frozen=True)
class Hint:
    """A hint and whether it tells how many parts are right."""

    html: str
    tells_right: bool


@dataclass
class MoodleQuestion:
    """A question as Moodle would hold it.

    Attributes:
        kind: Moodle's type.
        category: Names below the course's top category.
        answers: Choices, answers or items, in file order.
        stems, rights, offered: Of a matching question: left sides, the right one for each, all on offer.
        gaps: Of a cloze text.
        settings: Words of the type's own elements.
        feedbacks: Further texts by element name.
        files: Bytes of the embedded files by name.
    """

    kind: str
    name: str
    idnumber: str
    category: tuple[str, ...]
    text: str
    general: str
    mark: float
    penalty: float
    tags: tuple[str, ...]
    hints: tuple[Hint, ...]
    answers: tuple[Alternative, ...] = ()
    stems: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    unit: str | None = None
    settings: dict[str, str] = field(default_factory=dict)
    feedbacks: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
