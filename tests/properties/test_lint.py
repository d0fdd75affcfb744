"""Whatever a bank holds, its review ends in diagnostics."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizforge.lint.fixing import mend
from quizforge.lint.run import lint
from quizforge.loading.bank import load_banks
from quizforge.model.question import QUESTION_TYPES

_TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["1", "2 kg", "10-20", "None", "All of the above", "Both A and B", "Which is not?", "____ x", "a, b"]
    ),
)
_SCALARS = st.one_of(_TEXTS, st.integers(-9, 99), st.booleans(), st.none())
_OPTIONS = st.lists(
    st.one_of(
        _SCALARS,
        st.fixed_dictionaries(
            {"text": _SCALARS},
            optional={"correct": _SCALARS, "feedback": _SCALARS, "pin": st.sampled_from(["last", "x"])},
        ),
    ),
    max_size=5,
)
_QUESTIONS = st.fixed_dictionaries(
    {"id": st.sampled_from(["a", "b", "c", "d", ""]), "type": st.sampled_from([*QUESTION_TYPES, "x"])},
    optional={
        "stem": _SCALARS,
        "choices": _OPTIONS,
        "blanks": st.dictionaries(
            st.sampled_from(["x", "y"]), st.fixed_dictionaries({"choices": _OPTIONS}), max_size=2
        ),
        "answer": _SCALARS,
        "answers": _OPTIONS,
        "pairs": st.lists(st.fixed_dictionaries({"left": _SCALARS, "right": _SCALARS}), max_size=3),
        "items": _OPTIONS,
        "shuffle": _SCALARS,
        "pool": st.sampled_from(["exam", "practice", "x"]),
        "feedback": _SCALARS,
    },
)
_HEADERS = st.fixed_dictionaries(
    {"schema": st.sampled_from([1, 2]), "id": st.just("b"), "title": _SCALARS},
    optional={
        "language": st.sampled_from(["en", "de", "zh-Hant", "x"]),
        "lint": st.fixed_dictionaries(
            {}, optional={"select": st.just(["QF212"]), "ignore": _SCALARS, "limits": st.just({"reading_grade": 1})}
        ),
    },
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_HEADERS, st.lists(_QUESTIONS, max_size=4))
def test_any_bank(header: dict[str, Any], questions: list[dict[str, Any]]) -> None:
    """Broken, half-read and odd questions are reviewed as far as they go, and mended without a fault."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "bank.yaml"
        file.write_text(yaml.safe_dump({**header, "questions": questions}, allow_unicode=True), encoding="utf-8")
        loaded = load_banks([file])
        review = lint(loaded, select=["QF2"])
        assert {found.place for found in loaded.diagnostics} <= {found.place for found in review.diagnostics}
        for text in mend(loaded, review).sources.values():
            file.write_text(text, encoding="utf-8")
        again = load_banks([file])
        assert mend(again, lint(again, select=["QF2"])).fixed == 0
