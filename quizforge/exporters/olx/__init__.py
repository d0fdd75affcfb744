"""Open edX: a course to import, its problems as the capa grader reads them."""

from __future__ import annotations

from quizforge.exporters.olx.exporter import Olx

__all__ = ["Olx"]
