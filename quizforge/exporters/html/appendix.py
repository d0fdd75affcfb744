"""The misconceptions behind wrong answers: numbered where they are met, told in full at the end of the key."""

from __future__ import annotations

from quizforge.exporters.html.facts import citations
from quizforge.exporters.html.writer import Writer, escape
from quizforge.model.bank import Bank


class Beliefs:
    """Collects misconceptions in the order in which the key meets them."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, str], tuple[int, Writer, Bank]] = {}

    def mention(self, writer: Writer, bank: Bank, misconception: str) -> str:
        """The claim, with its number as a link to the full text."""
        found = self._met.get((bank.id, misconception))
        if found is None:
            found = self._met[bank.id, misconception] = (len(self._met) + 1, writer, bank)
        number, claim = found[0], bank.misconception_by_id[misconception].claim
        label = writer.voice.own("common.misconception")
        return f'<div class="belief"><a href="#m{number}">{label} {number}</a> {writer.block(claim)}</div>\n'

    def chapter(self) -> str:
        """All misconceptions that were mentioned, in full; empty where there was none."""
        return "".join(_belief(number, writer, bank, name) for (_, name), (number, writer, bank) in self._met.items())


def _belief(number: int, writer: Writer, bank: Bank, name: str) -> str:
    belief, voice = bank.misconception_by_id[name], writer.voice
    rows = [writer.block(belief.claim)]
    if belief.tempting_because is not None:
        rows.append(writer.note("key.tempting", writer.block(belief.tempting_because)))
    if belief.correct is not None:
        rows.append(writer.note("key.truth", writer.block(belief.correct)))
    rows.append(citations(writer, bank, belief.references))
    data = writer.fact("key.id", f"<code>{belief.id}</code>")
    if belief.tags:
        data += writer.fact("key.tags", escape(", ".join(belief.tags)))
    return (
        f'<article class="q" id="m{number}">\n<h3><span class="vh"{voice.mark}>{voice["common.misconception"]} </span>'
        f'{number}</h3>\n{"".join(rows)}<dl class="facts">\n{data}</dl>\n</article>\n'
    )
