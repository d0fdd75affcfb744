"""The printable exam and its answer key: two HTML files that need nothing else."""

from quizforge.exporters.html.exporter import PrintableHtml
from quizforge.exporters.html.options import HtmlOptions

__all__ = ["HtmlOptions", "PrintableHtml"]
