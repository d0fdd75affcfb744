"""The bubble sheet: answers that a machine reads from paper, with the map that tells it where to look."""

from quizforge.exporters.bubble_sheet.exporter import BubbleSheet
from quizforge.exporters.bubble_sheet.options import SheetOptions

__all__ = ["BubbleSheet", "SheetOptions"]
