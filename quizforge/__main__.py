"""``python -m quizforge`` does what the command ``quizforge`` does."""

from __future__ import annotations

from quizforge.cli.main import run

if __name__ == "__main__":
    run()
