"""The misconceptions behind wrong answers, told in full at the end of the key."""

from __future__ import annotations

from quizforge.exporters.html.desk import Desk
from quizforge.exporters.html.facts import citations
from quizforge.exporters.html.voice import escape
from quizforge.model.bank import Misconception


def chapter(desk: Desk, number: int, belief: Misconception) -> str:
    """One misconception: what it claims, why it is tempting, what is correct, and sources."""
    voice = desk.voice
    rows = [desk.block(belief.claim), "\n"]
    if belief.tempting_because is not None:
        rows.append(voice.note("key.tempting", desk.block(belief.tempting_because)))
    if belief.correct is not None:
        rows.append(voice.note("key.truth", desk.block(belief.correct)))
    rows.append(citations(desk, belief.references))
    data = voice.fact("key.id", f"<code>{belief.id}</code>")
    if belief.tags:
        data += voice.fact("key.tags", escape(", ".join(belief.tags)))
    return (
        f'<article class="q" id="m{number}">\n<h3><span class="vh"{voice.mark}>{voice["common.misconception"]} </span>'
        f'{number}</h3>\n{"".join(rows)}<dl class="facts">\n{data}</dl>\n</article>\n'
    )
