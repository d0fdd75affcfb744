"""Documents to edit: Word and LaTeX, made by pandoc from the printable pages."""

from __future__ import annotations

from quizforge.exporters.documents.latex import Latex
from quizforge.exporters.documents.word import Word

__all__ = ["Latex", "Word"]
