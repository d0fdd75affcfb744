"""QTI 2.1 and 3.0 packages: a test with its items, for learning platforms and test players."""

from __future__ import annotations

from quizforge.exporters.qti.exporter import Qti21, Qti30, QtiOptions

__all__ = ["Qti21", "Qti30", "QtiOptions"]
