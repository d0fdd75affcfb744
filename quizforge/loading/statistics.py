"""``stats.yaml`` beside a bank: measured values of its questions."""

from __future__ import annotations

from pathlib import Path as FilePath

from quizforge.loading.bank import read_yaml
from quizforge.loading.decode import decode
from quizforge.loading.discover import HOME
from quizforge.loading.sources import located
from quizforge.loading.translate import did_you_mean
from quizforge.model.bank import Bank
from quizforge.model.codes.assembly import UNKNOWN_STATISTIC
from quizforge.model.diagnostic import Diagnostic, Problem
from quizforge.model.quiz import Item
from quizforge.model.stats import ItemStats, Stats, StatsFile


def stats_path(home: FilePath) -> FilePath:
    """Where the statistics of a bank stand: beside it."""
    return home.parent / ("stats.yaml" if home.name == HOME else f"{home.stem}.stats.yaml")


def read_stats(home: FilePath, bank: Bank) -> tuple[Stats, list[Diagnostic]]:
    """The statistics of a bank's questions as they are now, and what is wrong with the file.

    Args:
        home: ``bank.yaml`` or the bank's single file.
        bank: The bank.

    Returns:
        By question id. Values of a question that has changed since are left out, with a warning.
    """
    path = stats_path(home)
    if not path.is_file():
        return {}, []
    document, fault = read_yaml(path)
    if document is None:
        return {}, [fault] if fault else []
    findings = list(document.diagnostics)
    if not isinstance(document.root, dict):
        return {}, findings
    lost = [broken for broken in document.broken if broken]
    decoded = decode(StatsFile, document.root, lost=lost, incomplete=document.incomplete)
    findings += [located(problem, document, ()) for problem in decoded.problems]
    if decoded.entry is None:
        return {}, findings
    now = {former: question.id for question in bank.questions for former in question.formerly}
    stats: dict[str, ItemStats] = {}
    for index, entry in enumerate(decoded.entry.items):
        question = bank.question_by_id.get(now.get(entry.id, entry.id))
        if question is None:
            hint = did_you_mean(entry.id, bank.question_by_id) or "remove it, or let a question name it in 'formerly'"
            problem = Problem(
                UNKNOWN_STATISTIC, f"there is no question '{entry.id}'", ("items", index, "id"), hint=hint
            )
            findings.append(located(problem, document, ()))
        elif entry.revision is not None and entry.revision != Item(question, bank).revision:
            message = f"'{entry.id}' has changed since it was measured, so its values are not used"
            problem = Problem(UNKNOWN_STATISTIC, message, ("items", index, "revision"), hint="measure it again")
            findings.append(located(problem, document, ()))
        else:
            stats[question.id] = entry
    return stats, findings
