"""GIFT: questions as text for Moodle's question bank, and for tools that read no XML."""

from __future__ import annotations

from quizforge.exporters.gift.exporter import Gift

__all__ = ["Gift"]
