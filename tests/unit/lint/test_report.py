"""The report for a department: all that it promises, on banks that mean no good."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from quizforge.lint import report
from quizforge.lint.engine import collected, review
from quizforge.lint.registry import built_in
from quizforge.lint.report import render_report
from quizforge.loading.bank import load_banks

if TYPE_CHECKING:
    import pytest

_HOSTILE = """\
schema: 1
id: planets
title: '<script>alert("title")</script> & {{ 7 * 7 }}'
concepts:
  - {id: orbit, title: 'Orbit <b onclick="x">'}
  - {id: moon, title: Moon}
questions:
  - id: nearest
    type: single_choice
    stem: Which planet is nearest to the Sun?
    concepts: [orbit]
    bloom: remember
    shuffle: false
    choices: [{text: Mercury, correct: true}, Venus, "<img src=x onerror=alert(1)>"]
  - id: distance
    type: true_false
    points: 3
    stem: __Mars__ is far away.
    answer: true
"""


def _page(folder: Path, text: str = _HOSTILE) -> str:
    (folder / "bank.yaml").write_text(text, encoding="utf-8")
    loaded = load_banks([folder])
    reviewed = review(loaded, built_in())
    return render_report(
        [(bank.header.title, collected(bank)) for bank in loaded.banks],
        [loaded],
        diagnostics=reviewed.diagnostics,
        plans=reviewed.plans.values(),
        rules=built_in(),
        title="Review <of> & all",
        note="2026-01-01",
    ).decode()


def _rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading."""
    table = re.search(rf">{heading}.*?<tbody>(.*?)</tbody>", page, re.DOTALL)
    assert table is not None
    rows = re.findall(r"<tr.*?</tr>", table[1], re.DOTALL)
    return [[_text(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows]


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_texts_of_a_bank_are_texts_in_the_page(tmp_path: Path) -> None:
    """No tag, script or template of a bank survives as one, and the page forbids scripts anyway."""
    page = _page(tmp_path)

    assert "&lt;script&gt;alert(&#34;title&#34;)&lt;/script&gt; &amp; {{ 7 * 7 }}" in page
    assert "<script" not in page
    assert "<img" not in page
    assert "<b onclick" not in page
    assert "default-src 'none'" in page
    assert "<title>Review &lt;of&gt; &amp; all</title>" in page


def test_page_needs_nothing_from_elsewhere(tmp_path: Path) -> None:
    """Neither style, font nor image is fetched."""
    assert re.findall(r"<[^>]*\b(?:src|href)\s*=|url\(|@import", _page(tmp_path)) == []


def test_findings_are_counted_and_placed(tmp_path: Path) -> None:
    """Each finding with the entry that it belongs to, and its line; each rule with how sure it is."""
    page = _page(tmp_path)

    assert [
        "QF405 concept-without-items",
        "A concept that no question asks about.",
        "exact",
        "\N{EN DASH}",
        "1",
        "\N{EN DASH}",
    ] in _rows(page, "What was found, by rule")
    found = re.search(r"<h3><span class=\"code\">QF405.*?</table>", page, re.DOTALL)
    assert found is not None
    assert "moon bank.yaml:6 warning: no question asks about 'Moon'" in _text(found[0])
    assert "distance bank.yaml:18 warning:" in _text(page)
    assert f"All files lie in {tmp_path.as_posix()}/ ." in _text(page)


def test_measured_precision_is_told(tmp_path: Path) -> None:
    """A heuristic rule with labelled items says how many of its hits were flaws."""
    text = _HOSTILE.replace("Venus,", "None of the above,")

    assert "heuristic; of 20 hits on 114 labelled items 100% were flaws" in _page(tmp_path, text)


def test_figures_are_right(tmp_path: Path) -> None:
    """Coverage by first concept and level, the mark of guessing, key positions."""
    page = _page(tmp_path)

    assert _rows(page, "Coverage") == [
        [
            'Orbit <b onclick="x">',
            "1",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "1",
        ],
        [
            "Moon",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "0",
        ],
        [
            "without a concept",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "\N{EN DASH}",
            "1",
            "1",
        ],
    ]
    assert "Blind guessing earns 46 % of the points" in _text(page)  # (1/3 + 3/2) / 4
    assert _rows(page, "Where the keys stand") == [["3", "1 · 0 · 0", "1", "2.0"]]


def test_same_review_gives_the_same_page(tmp_path: Path) -> None:
    """Nothing of the page hangs on the moment or on the order of a set."""
    assert _page(tmp_path) == _page(tmp_path)


def test_bank_without_questions_has_a_page(tmp_path: Path) -> None:
    """Nothing to count is no reason to fail."""
    page = _page(tmp_path, "schema: 1\nid: empty\ntitle: Empty\n")

    assert "No points can be earned." in page
    assert "There are no questions." in page


def test_long_lists_are_cut_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The counts hold all findings; the list stops at a limit and says so."""
    monkeypatch.setattr(report, "MOST_LISTED", 3)
    concepts = "".join(f"  - {{id: c{number}, title: Concept {number}}}\n" for number in range(9))
    text = (
        f"schema: 1\nid: b\ntitle: B\nconcepts:\n{concepts}"
        "questions:\n  - {id: q, type: true_false, stem: One is odd and two is even., answer: true}\n"
    )
    page = _page(tmp_path, text)

    assert len(re.findall(r'class="place"', page)) == 3
    assert "9" in _rows(page, "What was found, by rule")[0]
    assert re.search(r"[0-9]+ findings more are counted above", page)
