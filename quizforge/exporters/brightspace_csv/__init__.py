"""Brightspace's CSV: questions for the Question Library of D2L Brightspace."""

from __future__ import annotations

from quizforge.exporters.brightspace_csv.exporter import BrightspaceCsv

__all__ = ["BrightspaceCsv"]
