"""QTI 3 items in a player of the field, in Chromium: they are shown, answered by hand, and score as the bank does."""

from __future__ import annotations

import json
import subprocess
import zipfile
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from quizforge.api import export, load_bank, quiz_for
from quizforge.exporters.numbers import as_decimal, plain_number
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import NUMBER_ROUNDED
from quizforge.model.question import Question
from quizforge.model.questions.essay import Essay
from quizforge.model.questions.numerical import Numerical
from tests.tools import external, samples
from tests.tools.qti_item import QtiItem
from tests.tools.qti_package import read_package
from tests.tools.qti_player import Player
from tests.tools.qti_replay import Replay

SCRIPT = Path(__file__).with_name("qti_players.mjs")
GOLDEN = Path(__file__).parents[1] / "golden" / "all-types" / "bank"
ROUNDED = 0.0005 + 1e-9
"""The player keeps three decimals of an outcome."""

pytestmark = pytest.mark.external("chromium", "node", "npm-tools")


def _responses(question: Question) -> list[Any]:
    """The samples of a question, and for numbers the ends of what is accepted, and just outside."""
    found = [sample.response for sample in question.samples()]
    if isinstance(question, Essay):
        return found[-1:]
    if isinstance(question, Numerical):
        for answer in question.accepted:
            distance = answer.tolerance.around(answer.value)
            step = max(distance, abs(Fraction(answer.value))) / 10**6
            moved = (-distance, distance, -distance - step, distance + step)
            found += [plain_number(as_decimal(Fraction(answer.value) + far)) for far in moved]
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """One question, its item, what was answered, and what the player did.

    Attributes:
        question: Of a bank.
        item: As the test reader has it.
        responses: In the form of the question's own ``score``.
        attempts: The same as values of the item's response variables.
        rounded: Whether a warning says that players cannot tell its numbers apart.
        report: Of ``qti_players.mjs``.
    """

    question: Question
    item: QtiItem
    responses: tuple[Any, ...]
    attempts: tuple[Mapping[str, Any], ...]
    rounded: bool
    report: Mapping[str, Any]


def _jobs(bank: Bank) -> Iterator[tuple[Question, QtiItem, list[Any], dict[str, Any]]]:
    """One job for each question of a bank."""
    made = export(bank, "qti30")
    (file,) = made.files
    rounded = {problem.subject for problem in made.problems if problem.code is NUMBER_ROUNDED}
    with zipfile.ZipFile(BytesIO(file.data)) as archive:
        names = [name for name in archive.namelist() if "/media/" in name]
        media = {name.removeprefix("items/"): b64encode(archive.read(name)).decode() for name in names}
    replay = Replay(bank, "qti30")
    items = read_package(file.data).items
    for entry, item in zip(quiz_for(bank, "qti30").items, items, strict=True):
        responses = _responses(entry.question)
        attempts = (replay.answers(entry.question, item, response) for response in responses)
        job = {
            "xml": item.source.decode(),
            "files": media,
            "kinds": {response: kind for kind, response in item.interactions},
            "attempts": [{key: value for key, value in each.items() if value} for each in attempts],
            "rounded": ("questions", entry.question.id) in rounded,
        }
        yield entry.question, item, responses, job


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> list[Shown]:
    """Every sample question and the bank of the goldens, played."""
    jobs = [job for bank in (*samples.banks(), load_bank(GOLDEN)) for job in _jobs(bank)]
    profile = tmp_path_factory.mktemp("player")
    given = profile / "jobs.json"
    given.write_text(json.dumps([job for *_, job in jobs]), encoding="utf-8")
    command = [external.node() or "", str(SCRIPT), external.chromium() or "", str(given), str(profile / "chromium")]
    done = subprocess.run([*command, *external.CHROMIUM_FLAGS], check=False, capture_output=True, timeout=400)
    assert done.returncode == 0, done.stderr.decode()
    reports = json.loads(done.stdout)
    return [
        Shown(question, item, tuple(responses), tuple(job["attempts"]), job["rounded"], report)
        for (question, item, responses, job), report in zip(jobs, reports, strict=True)
    ]


def test_every_interaction_is_shown(played: list[Shown]) -> None:
    """Each interaction has a height, each formula its layout, each image its pixels, and nothing goes wrong."""
    for shown in played:
        report, name = shown.report, shown.question.id
        assert len(report["heights"]) == len(shown.item.interactions), name
        assert all(height > 10 for height in report["heights"]), name
        assert all(each["mathml"] and each["stacked"] and each["width"] > 3 for each in report["formulas"]), name
        assert all(pixels > 0 for pixels in report["images"]), name
        assert report["requests"] == [], name
        assert report["errors"] == [], name
    assert any(shown.report["images"] for shown in played)
    assert any(shown.report["formulas"] for shown in played)


def test_every_answer_earns_what_it_earns_in_the_bank(played: list[Shown]) -> None:
    """The key earns exactly the points, nothing earns nothing, and everything else its share, never more."""
    tried = 0
    for shown in played:
        points = float(shown.question.max_points)
        for response, attempt in zip(shown.responses, shown.report["attempts"], strict=True):
            if shown.rounded and response is not None:
                continue
            fraction = shown.question.score(response)
            assert abs(attempt["score"] - float(fraction) * points) < ROUNDED, (shown.question.id, response, attempt)
            assert fraction != 1 or attempt["score"] == points, (shown.question.id, response, attempt)
            tried += 1
    assert tried > 150


def test_exactly_the_right_feedback_is_shown(played: list[Shown]) -> None:
    """The player opens the feedback that the specification asks for, and no other."""
    seen = set()
    for shown in played:
        player = Player(shown.item, anchored=False)
        for values, attempt in zip(shown.attempts, shown.report["attempts"], strict=True):
            expected = player.shown(player.play(values))
            assert sorted(expected) == sorted(name for name, _ in attempt["feedback"]), (shown.question.id, values)
            assert all(opened for _, opened in attempt["feedback"])
            seen |= set(expected)
    assert {"general_fb", "correct_fb", "partial_fb", "general_incorrect_fb"} < seen


def test_what_is_for_the_scorer_is_not_shown(played: list[Shown]) -> None:
    """Rubric, model answer and marked answers stand in the item, and no student sees them."""
    (essay,) = (shown for shown in played if shown.question.id == "full-essay")
    for hidden in ("Sentinel model answer", "Sentinel criterion one", "Sentinel level one zero"):
        assert hidden in essay.item.body
        assert hidden not in essay.report["text"]


def test_hostile_texts_are_read_as_they_were_written(played: list[Shown]) -> None:
    """Nothing in a stem is taken for markup: the student reads what the author wrote."""
    hostile = [shown for shown in played if shown.question.id.startswith("hostile-")]
    assert hostile
    for shown in hostile:
        text = shown.report["text"]
        assert "<script>alert(1)</script>" in text, shown.question.id
        assert "]]>" in text, shown.question.id
        assert "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{MICROSCOPE}" in text, shown.question.id
