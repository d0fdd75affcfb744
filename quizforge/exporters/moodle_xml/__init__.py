"""Moodle XML: questions for the question bank of Moodle 4.5 and later."""

from __future__ import annotations

from quizforge.exporters.moodle_xml.exporter import MoodleOptions, MoodleXml

__all__ = ["MoodleOptions", "MoodleXml"]
