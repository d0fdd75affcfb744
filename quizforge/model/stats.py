"""Measured statistics of questions: ``stats.yaml`` beside a bank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from quizforge.model.fields import Entry, Id, Number, Whole
from quizforge.model.quiz_file import Day

REVISION = r"^[0-9a-f]{16}$"
_Revision = Annotated[str, StringConstraints(pattern=REVISION)]


class ItemStats(Entry):
    """What was measured of one question: classical statistics, and IRT parameters where they were estimated."""

    id: Id
    n: Annotated[Whole, Field(ge=1)] | None = None
    p: Annotated[Number, Field(ge=0, le=1)] | None = None
    r: Annotated[Number, Field(ge=-1, le=1)] | None = None
    a: Number | None = None
    b: Number | None = None
    c: Annotated[Number, Field(ge=0, le=1)] | None = None
    se: Number | None = None
    minutes: Annotated[Number, Field(ge=0, le=1000)] | None = None
    revision: _Revision | None = None
    source: str | None = None
    date: Day | None = None


class StatsFile(Entry):
    """A whole ``stats.yaml``."""

    stats: Literal["1"]
    items: tuple[ItemStats, ...] = ()


Stats = Mapping[str, ItemStats]
"""Statistics by question id."""
