"""The test reader notices what Moodle would refuse or silently change: otherwise reading back proves nothing."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from quizforge.model.media import Media
from tests.tools.moodle_cloze import Alternative as Answer
from tests.tools.moodle_cloze import gaps_of, grade_number, grade_text, read_number
from tests.tools.moodle_export import bank, choices, exported
from tests.tools.moodle_reader import ImportFault, read
from tests.tools.moodle_xmlize import xmlize

QUESTIONS: tuple[dict[str, Any], ...] = (
    {"id": "single", "type": "single_choice", "choices": choices(1, 2), "tags": ["t"], "hints": ["h"]},
    {"id": "several", "type": "multiple_answer", "choices": choices(2, 2), "stem": "See ![x](x.png)."},
    {"id": "verdict", "type": "true_false", "answer": True},
    {"id": "short", "type": "short_answer", "answers": ["a"]},
    {"id": "number", "type": "numerical", "answer": "3.5", "tolerance": "0.1", "unit": "m"},
    {"id": "pairs", "type": "matching", "pairs": [{"left": "l1", "right": "r1"}, {"left": "l2", "right": "r2"}]},
    {"id": "order", "type": "ordering", "items": ["first", "second"]},
    {"id": "gaps", "type": "cloze", "stem": "[[x]]", "blanks": {"x": {"answers": ["a"]}}},
    {"id": "long", "type": "essay", "min_words": 5},
)


@cache
def good() -> str:
    """A file with a question of each kind that has no fault."""
    source = bank(*QUESTIONS, media=(Media("x.png", b"image", "image/png"),))
    data = exported(source).files[0].data
    read(data)
    return data.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<quiz>", "<quiz>&nbsp;"),
        ("<![CDATA[option 0]]>", "a &lt; b"),
        ("<![CDATA[option 0]]>", "é"),
        ("<![CDATA[option 0]]>", ""),
        ("<![CDATA[option 0]]>", "<b>x</b>"),
        ("<![CDATA[<p>What?</p>]]>", "<![CDATA[<script>x</script>]]>"),
        ("<![CDATA[<p>What?</p>]]>", '<![CDATA[<p onclick="x">x</p>]]>'),
        ("<![CDATA[<p>What?</p>]]>", ""),
        ("<![CDATA[<p>What?</p>]]>", '<![CDATA[<img src="@@PLUGINFILE@@/gone.png">]]>'),
        ('encoding="base64">', 'encoding="base64">*'),
        ('path="/"', 'path="/x/"'),
        ("<![CDATA[0001 What?]]>", ""),
        ("<![CDATA[0001 What?]]>", "<![CDATA[a <b then]]>"),
        ("<![CDATA[0001 What?]]>", f"<![CDATA[{'x' * 256}]]>"),
        ("<![CDATA[single]]>", f"<![CDATA[{'x' * 101}]]>"),
        ("<![CDATA[several]]>", "<![CDATA[single]]>"),
        ("<tag><text><![CDATA[t]]></text></tag>", "<tag>t</tag>"),
        ("<tag><text><![CDATA[t]]></text></tag>", "<tag><text>t</text></tag><tag><text>T</text></tag>"),
        ("<defaultgrade>1</defaultgrade>", "<defaultgrade>1,5</defaultgrade>"),
        ("<penalty>0.3333333</penalty>", "<penalty>1.5</penalty>"),
        ('fraction="100"', 'fraction="33"'),
        ("<shuffleanswers>true</shuffleanswers>", ""),
        ("<single>true</single>", "<single>False</single>"),
        ("<answernumbering>abc</answernumbering>", "<answernumbering>A.</answernumbering>"),
        ('fraction="50"', 'fraction="33.33333"'),
        ("<![CDATA[false]]>", "<![CDATA[falsch]]>"),
        ("<penalty>1</penalty>", "<penalty>0.3333333</penalty>"),
        ("<![CDATA[3.5]]>", "<![CDATA[3,5]]>"),
        ("<tolerance>0.1</tolerance>", "<tolerance>-0.1</tolerance>"),
        ("<multiplier>1</multiplier>", "<multiplier>10</multiplier>"),
        ("<showunits>0</showunits>", "<showunits>3</showunits>"),
        ("<![CDATA[r1]]>", ""),
        ("<![CDATA[r1]]>", f"<![CDATA[{'r' * 256}]]>"),
        ("<gradingtype>ABSOLUTE_POSITION</gradingtype>", "<gradingtype>POSITION</gradingtype>"),
        ("<selecttype>ALL</selecttype>", "<selecttype>RANDOM</selecttype>"),
        ("<shownumcorrect>1</shownumcorrect>", "<shownumcorrect/>"),
        ("<![CDATA[second]]>", "<![CDATA[first]]>"),
        ("<![CDATA[<p>{1:", "<![CDATA[<p>{1.5:"),
        ("{1:SHORTANSWER:=a}", "{1:SHORTANSWER:a}"),
        ("{1:SHORTANSWER:=a}", "{1:SHORTANSWER:=a} {1:sa:=b}"),
        ("{1:SHORTANSWER:=a}", "{1:MULTICHOICE:=a}"),
        ("{1:SHORTANSWER:=a}", "{1:NUMERICAL:=3,14}"),
        ("{1:SHORTANSWER:=a}", "{1:SHORTANSWER:=a} {#1}"),
        ("{1:SHORTANSWER:=a}", "nothing"),
        ("<responseformat>editor</responseformat>", "<responseformat></responseformat>"),
        ("<responsefieldlines>15</responsefieldlines>", "<responsefieldlines>16</responsefieldlines>"),
        ("<minwordlimit>5</minwordlimit>", "<minwordlimit>five</minwordlimit>"),
        ("<![CDATA[$course$/top/Bank]]>", "<![CDATA[$course$/top/a /b/top]]>"),
        ("<![CDATA[$course$/top/Bank]]>", "<![CDATA[Bank]]>"),
        ("<![CDATA[$course$/top/Bank]]>", "<![CDATA[$course$/top/Other]]>"),
        ('type="truefalse"', 'type="truthvalue"'),
        ("<hidden>0</hidden>", "<hidden>0</hidden><coursetags/>"),
        ("</quiz>", ""),
    ],
)
def test_fault_is_noticed(before: str, after: str) -> None:
    """One change that Moodle would not survive as it was meant makes the reader stop."""
    assert before in good()
    with pytest.raises(ImportFault):
        read(good().replace(before, after, 1).encode())


def test_nothing_but_a_frame_is_a_fault() -> None:
    """An empty file crashes the importer."""
    with pytest.raises(ImportFault):
        read(b"<quiz></quiz>")


def test_blanks_in_cdata_stay() -> None:
    """What stands in CDATA is one piece, line breaks included."""
    assert xmlize(b"<a><![CDATA[x\n \n y]]]]><![CDATA[> z]]></a>").text == "x\n \n y]]> z"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("3.5", 3.5), ("3,000.5", 3000.5), ("1 000", 1000.0), ("2x10^3", 2000.0), ("4 m", 4.0), ("0,5", 5.0), ("x", None)],
)
def test_numbers_are_read_as_on_an_english_site(typed: str, number: float | None) -> None:
    """The number at the start counts, whatever follows it; a comma parts thousands."""
    assert read_number(typed) == number


def test_tolerance_includes_its_ends() -> None:
    """A number at the end of the tolerance is right, in spite of binary fractions."""
    answers = (Answer("0.3", 1.0, tolerance=0.1),)

    assert [grade_number(answers, typed) for typed in ("0.4", "0.2", "0.41")] == [1, 1, 0]


@pytest.mark.parametrize(
    ("pattern", "typed", "usecase", "fits"),
    [
        ("a*c", "ABBC", False, True),
        ("a*c", "ABBC", True, False),
        (r"a\*c", "a*c", True, True),
        (r"a\*c", "abc", True, False),
        ("a.c", "abc", False, False),
        ("Ärger", "ärger", False, True),
        ("e\u0301", "é", True, True),
        ("word", "  word ", True, True),
    ],
)
def test_patterns(pattern: str, typed: str, usecase: bool, fits: bool) -> None:  # noqa: FBT001  # a table
    """A star stands for anything, a star behind a backslash for itself; accents count in any form."""
    assert grade_text((Answer(pattern, 1.0),), typed, usecase=usecase) == float(fits)


def test_check_boxes_in_a_text() -> None:
    """With equals signs only, a wrong option takes away one share; with percentages it takes what is written."""
    (equal,) = gaps_of("{1:MR:=a~=b~c}")
    (named,) = gaps_of("{1:MR:%50%a~%50%b~%-25%c~d}")

    assert [answer.fraction for answer in equal.alternatives] == [0.5, 0.5, -0.5]
    assert [answer.fraction for answer in named.alternatives] == [0.5, 0.5, -0.25, 0]
    assert equal.grade(frozenset({0, 2})) == 0


def test_gap_is_decoded_once() -> None:
    """Entities are decoded once, and a backslash before a brace or a hash goes."""
    (gap,) = gaps_of(r"{2:SA:=&#126;&#38;lt;\}x#see \# &#125;~%33.5%b}")

    assert gap.mark == 2
    assert [(answer.text, answer.feedback, answer.fraction) for answer in gap.alternatives] == [
        ("~&lt;}x", "see # }", 1.0),
        ("b", "", 0.335),
    ]
