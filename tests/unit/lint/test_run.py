"""The reviewer as a function."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from quizforge.api import lint
from quizforge.errors import UsageError
from quizforge.loading.bank import load_banks

_BANK = (
    "schema: 1\nid: b\ntitle: B\nquestions:\n  - {id: a, type: true_false, stem: Mars is red and dry., answer: true}\n"
)


def test_settings_of_a_call(tmp_path: Path) -> None:
    """What is given to the function counts before what banks and projects say."""
    (tmp_path / "bank.yaml").write_text(_BANK, encoding="utf-8")
    loaded = load_banks([tmp_path])
    limits = {"stem_words": Decimal(2)}

    assert [each.code.code for each in lint(loaded).diagnostics] == ["QF222"]
    assert [each.code.code for each in lint(loaded, only=["QF216"], limits=limits).diagnostics] == ["QF216"]
    assert lint(loaded, ignore=["missing-feedback"]).diagnostics == ()
    with pytest.raises(UsageError, match="no rule 'QF2222'"):
        lint(loaded, select=["QF2222"])


@pytest.mark.parametrize(
    "start",
    [
        "from quizforge import lint, load_banks",
        "from quizforge import load_banks; import quizforge.lint.engine; from quizforge import lint",
        "import quizforge.lint.rule as rule; from quizforge import load_banks, lint; assert rule.ItemRule",
        "from quizforge.api import lint, load_banks",
    ],
)
def test_package_and_function_share_a_name(tmp_path: Path, start: str) -> None:
    """Whatever was imported before, ``lint`` can be called."""
    (tmp_path / "bank.yaml").write_text(_BANK, encoding="utf-8")
    script = f"{start}\nprint(len(lint(load_banks(['bank.yaml']), only=['QF222']).diagnostics))"
    ran = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert ran.stdout == "1\n"
