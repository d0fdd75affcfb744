"""What a package holds beside its items: the manifest, and the test that puts the items in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from quizforge.exporters.base import Mode
from quizforge.exporters.numbers import plain_number
from quizforge.exporters.qti.tags import Tags, quoted
from quizforge.formats.qti import SCORE, XSI
from quizforge.model.media import Media
from quizforge.model.question import Question

TEST = "assessment.xml"
FOLDER = "items"

_WEIGHT = "W"


@dataclass(frozen=True, slots=True)
class Written:
    """One item as it goes into the package.

    Attributes:
        identifier: In manifest and test.
        question: As it is written.
        data: The XML document.
        images: That it shows.
    """

    identifier: str
    question: Question
    data: bytes
    images: tuple[Media, ...]

    @property
    def path(self) -> str:
        """Where it lies in the package."""
        return f"{FOLDER}/{self.identifier}.xml"


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the test.

    Attributes:
        title: Plain text; None for a section that nobody sees.
        instructions: XML for the candidate, or None.
        items: In order.
        draw: How many of them each candidate gets; None for all.
    """

    title: str | None
    instructions: str | None
    items: tuple[Written, ...]
    draw: int | None = None


def test_document(  # the parts of one document
    tags: Tags, identifier: str, *, title: str, parts: Sequence[Part], mode: Mode, minutes: Decimal | None
) -> bytes:
    """The test.

    An exam allows one attempt and shows nothing afterwards; practice may be repeated and shows feedback and solution.
    An exam may have a time limit, which practice has not.
    """
    practice = mode == "practice"
    seconds = None if practice or minutes is None else str(ceil(minutes * 60))
    limit = "" if seconds is None else "\n" + tags("timeLimits", maxTime=seconds)
    shown = str(practice).lower()
    control = tags(
        "itemSessionControl",
        maxAttempts="0" if practice else "1",  # 0 sets no limit
        showFeedback=shown,
        allowReview=shown,
        showSolution=shown,
        allowComment="false",
        allowSkipping="true",
        validateResponses="false",
    )
    sections = "".join(_section(tags, number, part) for number, part in enumerate(parts, 1))
    part = tags(
        "testPart",
        f"{control}\n{sections}",
        identifier="part-1",
        navigationMode="nonlinear",
        submissionMode="individual",
    )
    total = tags("sum", tags("testVariables", variableIdentifier=SCORE))
    content = (
        tags(
            "outcomeDeclaration",
            tags("defaultValue", tags("value", "0")),
            identifier=SCORE,
            cardinality="single",
            baseType="float",
        )
        + f"{limit}\n{part}\n"
        + tags("outcomeProcessing", tags.set(SCORE, total))
    )
    version = tags.version
    return _document(
        tags(
            "assessmentTest",
            content,
            xmlns=version.namespace,
            xmlns_xsi=XSI,
            xsi_schemaLocation=f"{version.namespace} {version.location}",
            identifier=identifier,
            title=title,
        )
    )


def _section(tags: Tags, number: int, part: Part) -> str:
    refs = "".join(
        tags(
            "assessmentItemRef",
            tags("weight", identifier=_WEIGHT, value=plain_number(item.question.max_points)),
            identifier=item.identifier,
            href=item.path,
        )
        + "\n"
        for item in part.items
    )
    rubric = ""
    if part.instructions is not None:
        use = "instructions" if tags.version.content_body else None
        rubric = tags("rubricBlock", tags.html(part.instructions), view="candidate", use=use) + "\n"
    drawn = "" if part.draw is None else tags("selection", select=str(part.draw)) + "\n"
    seen = part.title is not None or part.instructions is not None
    title = f"{number}" if part.title is None else part.title
    return (
        tags(
            "assessmentSection",
            f"\n{drawn}{rubric}{refs}",
            identifier=f"section-{number}",
            title=title,
            visible=str(seen).lower(),
        )
        + "\n"
    )


def manifest_document(tags: Tags, identifier: str, items: Sequence[Written], images: Sequence[Media]) -> bytes:
    """The manifest: the test with its items, and with each item the images that it shows.

    Args:
        tags: The version's names.
        identifier: Of the package.
        items: In the order of the test.
        images: That the test itself shows.
    """
    version = tags.version
    own = "".join(_file(f"{FOLDER}/media/{media.content_name}") for media in images)
    needed = "".join(f'<dependency identifierref="{item.identifier}"/>' for item in items)
    test = (
        f'<resource identifier="test" type="{version.test_type}" href="{TEST}">{_file(TEST)}{own}{needed}</resource>\n'
    )
    rows = "".join(
        f'<resource identifier="{item.identifier}" type="{version.item_type}" href="{item.path}">{_file(item.path)}'
        f"{''.join(_file(f'{FOLDER}/media/{media.content_name}') for media in item.images)}</resource>\n"
        for item in items
    )
    location = f"{version.manifest} {version.manifest_location} {version.namespace} {version.location}"
    return _document(
        f'<manifest xmlns="{version.manifest}" xmlns:xsi="{XSI}" xsi:schemaLocation="{quoted(location)}" '
        f'identifier="{identifier}">\n'
        f"<metadata><schema>{version.schema}</schema><schemaversion>{version.schema_version}</schemaversion></metadata>\n"
        f"<organizations/>\n<resources>\n{test}{rows}</resources>\n</manifest>"
    )


def _file(path: str) -> str:
    return f'<file href="{path}"/>'


def _document(content: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n'.encode()
