"""Canvas: QTI 1.2 packages for classic quizzes and for New Quizzes."""

from __future__ import annotations

from quizforge.exporters.canvas.exporter import Canvas, CanvasNewQuizzes, CanvasOptions, NewQuizzesOptions

__all__ = ["Canvas", "CanvasNewQuizzes", "CanvasOptions", "NewQuizzesOptions"]
