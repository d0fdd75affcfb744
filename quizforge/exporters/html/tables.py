"""Tables of the key."""

from __future__ import annotations

from collections.abc import Sequence

from quizforge.exporters.html.voice import Voice


def table(voice: Voice, caption: str, head: Sequence[str], *groups: str) -> str:
    """A table.

    Args:
        voice: Own words.
        caption: Key of the caption.
        head: Keys of the column heads.
        groups: Rows as HTML; each group gets a body of its own.
    """
    cells = "".join([f'<th scope="col">{voice[key]}</th>' for key in head])
    bodies = "".join([f"<tbody>\n{rows}</tbody>\n" for rows in groups])
    return (
        f'<table class="grid">\n<caption{voice.mark}>{voice[caption]}</caption>\n'
        f"<thead{voice.mark}><tr>{cells}</tr></thead>\n{bodies}</table>\n"
    )
