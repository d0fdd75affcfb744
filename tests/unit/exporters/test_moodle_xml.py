"""How a bank is filed and worded in Moodle."""

from __future__ import annotations

import re
from typing import Any

import pytest

from quizforge.api import export
from quizforge.exporters.moodle_xml import MoodleOptions
from quizforge.model.media import Media
from tests.tools.moodle_export import bank, choices, exported, imported, one, problems

SINGLE: dict[str, Any] = {"type": "single_choice", "choices": choices(1, 2)}
LEFT, RIGHT = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
CHART = Media("img/a chart.png", b"\x89PNG chart", "image/png")
EVERYTHING: dict[str, Any] = {
    "feedback": "General.",
    "feedback_correct": "Yes.",
    "feedback_partial": "Partly.",
    "feedback_incorrect": "No.",
    "hints": ["First.", "Second."],
}


def test_name_is_a_number_and_the_title() -> None:
    """Names begin with a number of four digits, so that Moodle's list by name is the order of the bank."""
    source = bank({**SINGLE, "id": "a", "title": "Alpha"}, {**SINGLE, "id": "b", "stem": "Which *one* is `<b>`?"})

    names = [found.name for found in imported(source).questions]

    assert names == ["0001 Alpha", f"0002 Which one is {LEFT}b{RIGHT}?"]


def test_name_keeps_what_looks_like_markup() -> None:
    """Moodle strips tags from names, so angle brackets become quotation marks that look like them."""
    assert (
        one(bank({**SINGLE, "title": "The <eos> token & a < b"})).name
        == f"0001 The {LEFT}eos{RIGHT} token & a {LEFT} b"
    )


def test_long_title_is_cut_at_a_word() -> None:
    """A name has at most 255 characters; that a title was cut is said."""
    source = bank({**SINGLE, "title": "word " * 80})
    name = one(source).name

    assert len(name) <= 255
    assert name.endswith("word…")
    assert problems(source) == [("text-shortened", "info")]


def test_a_stem_names_its_question_in_eighty_characters() -> None:
    """A name from the stem is plain text: no markup, an image by its text, a blank as a line."""
    blanks = {"n": {"answer": 2}}
    stem = "**Two** ![a chart](img/a%20chart.png) make [[n]], `[[x]]` " + "and so on " * 20
    name = one(bank({"type": "cloze", "stem": stem, "blanks": blanks}, media=(CHART,))).name

    assert name.startswith("0001 Two a chart make ____, [[x]] and so on")
    assert len(name) <= 85


def test_categories_are_bank_pool_and_concept() -> None:
    """Parents come first; the pools are apart; a slash in a title does not part it."""
    concepts = [{"id": "io", "title": "I/O"}, {"id": "cpu", "title": "CPU"}]
    source = bank(
        {**SINGLE, "id": "a", "concepts": ["io", "cpu"]},
        {**SINGLE, "id": "b", "concepts": ["io"], "pool": "exam"},
        {**SINGLE, "id": "c"},
        header={"title": "TCP/IP"},
        concepts=concepts,
    )
    found = imported(source)

    assert {question.idnumber: question.category for question in found.questions} == {
        "a": ("TCP/IP", "practice", "I/O"),
        "b": ("TCP/IP", "exam", "I/O"),
        "c": ("TCP/IP", "practice"),
    }
    assert found.categories[0] == ("TCP/IP",)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("top", "Top"),
        ("/etc/passwd", "\N{DIVISION SLASH}etc/passwd"),
        ("a/", "a\N{DIVISION SLASH}"),
        ("<x>", f"{LEFT}x{RIGHT}"),
        ("x" * 300, None),
    ],
)
def test_odd_category_names(title: str, name: str | None) -> None:
    """What Moodle would skip, split or strip in a category name is written as it can be kept."""
    (found,) = one(bank(SINGLE, header={"title": title})).category[:1]

    assert found == (name or "x" * 254 + "…")


def test_pools_have_the_words_of_the_bank() -> None:
    """Category names are in the bank's language."""
    assert one(bank(SINGLE, header={"language": "de-AT"})).category == ("Bank", "Übung")


def test_tags_for_staff() -> None:
    """The author's tags come first; others tell concept, objective, level, family and state; none twice."""
    concepts = [{"id": "c1", "title": "One"}]
    question = {
        **SINGLE,
        "tags": ["RLHF", "rlhf", "a<b>`c`"],
        "concepts": ["c1"],
        "objectives": ["lo1"],
        "difficulty": "hard",
        "bloom": "apply",
        "family": "fam",
    }
    source = bank(question, concepts=concepts, objectives=[{"id": "lo1", "text": "Do it."}])

    assert one(source).tags == (
        "RLHF", f"a{LEFT}b{RIGHT}'c'", "concept:c1", "objective:lo1", "difficulty:hard", "bloom:apply", "family:fam",
    )  # fmt: skip


def test_questions_of_a_case_carry_it() -> None:
    """The case stands above the stem of each of its questions, with its images."""
    scenario = {"id": "case", "title": "A <case>", "text": "See ![chart](img/a%20chart.png)."}
    found = one(bank({**SINGLE, "scenario": "case"}, scenarios=[scenario], media=(CHART,)))

    assert re.sub(' style="[^"]*"', "", found.text) == (
        '<div class="qf-scenario">\n<p><strong>A &lt;case&gt;</strong></p>\n'
        f'<p>See <img src="@@PLUGINFILE@@/{CHART.name}" alt="chart" />.</p>\n</div>\n<p>What?</p>'
    )
    assert found.files == {CHART.name: CHART.data}


def test_feedback_goes_to_its_option_with_the_misconception_behind_it() -> None:
    """An option's feedback is followed by the belief it rests on, why it tempts, what holds, and the source."""
    belief = {"id": "m", "claim": "X.", "tempting_because": "Y.", "correct": "Z.", "references": ["book#2"]}
    options = [{"text": "key", "correct": True}, {"text": "other", "feedback": "No.", "misconception": "m"}]
    source = bank(
        {"type": "single_choice", "choices": options, "references": ["book"]},
        misconceptions=[belief],
        references=[{"id": "book", "text": "A & B", "url": "https://example.org/?a=1&b=2"}],
    )
    found = one(source)
    link = '<p><small><a href="https://example.org/?a=1&amp;b=2">A &amp; B{}</a></small></p>'

    assert found.answers[1].feedback == (
        "<p>No.</p>\n<p><strong>Misconception</strong></p>\n<p>X.</p>\n<p><strong>Why it is tempting</strong></p>\n"
        "<p>Y.</p>\n<p><strong>What is correct</strong></p>\n<p>Z.</p>\n" + link.format(", 2")
    )
    assert found.general == link.format("")


def test_combined_feedback_and_hints() -> None:
    """Feedback by result goes to the types that have it; hints tell how many are right where parts are counted."""
    several = {"type": "multiple_answer", "choices": choices(2, 2), **EVERYTHING}
    found = one(bank(several))

    assert found.general == "<p>General.</p>"
    assert found.feedbacks == {
        "correctfeedback": "<p>Yes.</p>",
        "incorrectfeedback": "<p>No.</p>",
        "partiallycorrectfeedback": "<p>Partly.</p>",
    }
    assert [(hint.html, hint.tells_right) for hint in found.hints] == [
        ("<p>First.</p>", True),
        ("<p>Second.</p>", True),
    ]
    assert not one(bank({**SINGLE, **EVERYTHING})).hints[0].tells_right


@pytest.mark.parametrize(
    ("question", "lost"),
    [
        (SINGLE, []),
        ({"type": "true_false", "answer": True}, ["feedback_correct", "feedback_incorrect", "feedback_partial"]),
        ({"type": "essay"}, ["feedback_correct", "feedback_incorrect", "feedback_partial", "hints"]),
    ],
)
def test_what_a_type_lacks_is_said(question: dict[str, Any], lost: list[str]) -> None:
    """Feedback by result and hints are reported as left out where Moodle has no place for them."""
    found = exported(bank({**question, **EVERYTHING, "notes": "Only staff."})).problems
    said = " ".join(f"{problem.message} {problem.at}" for problem in found if problem.code.code == "QF501")

    names = ("feedback_correct", "feedback_incorrect", "feedback_partial", "hints", "notes")
    assert [name for name in names if name in said] == [*lost, "notes"]


def test_feedback_on_parts_becomes_general() -> None:
    """Moodle has no feedback on a pair, an item or a blank as a whole; it is told after the question."""
    pairs = [{"left": "*a*", "right": "1", "feedback": "Because."}, {"left": "b", "right": "2"}]
    matching = {"type": "matching", "pairs": pairs, "distractors": [{"text": "3", "feedback": "Not so."}]}

    assert one(bank(matching)).general == (
        "<ul>\n<li><p><em>a</em> → 1</p>\n<p>Because.</p></li>\n<li><p>3</p>\n<p>Not so.</p></li>\n</ul>"
    )


@pytest.mark.parametrize(
    ("change", "shuffled", "order", "said"),
    [
        ({}, "true", ["option 0", "option 1", "option 2"], []),
        ({"shuffle": False}, "false", ["option 0", "option 1", "option 2"], []),
        ({"choices": [{"text": "10", "correct": True}, "20", "30"]}, "false", ["10", "20", "30"], []),
        (
            {"choices": [{"text": "None", "pin": "last"}, {"text": "x", "correct": True}]},
            "false",
            ["x", "None"],
            [("order-fixed", "info")],
        ),
    ],
)
def test_shuffling(change: dict[str, Any], shuffled: str, order: list[str], said: list[tuple[str, str]]) -> None:
    """Moodle shuffles all options or none: one that is pinned, or numbers in order, keep all in place."""
    source = bank({**SINGLE, **change})
    found = one(source)

    assert found.settings["shuffleanswers"] == shuffled
    assert [answer.text for answer in found.answers] == order
    assert problems(source) == said


def test_essay() -> None:
    """An essay has its limits, its template, and all that helps to grade it."""
    question = {
        "type": "essay",
        "points": 3,
        "lines": 18,
        "min_words": 80,
        "response_template": "First, …",
        "model_answer": "Like this.",
        "rubric": [{"criterion": "A & B", "levels": [{"points": 0, "text": "No."}, {"points": "1.5", "text": "Yes."}]}],
        "sample_answers": [{"text": "Thus.", "points": 1, "reason": "Half."}],
    }
    found = one(bank(question))

    assert (found.mark, found.settings["responsefieldlines"], found.settings["minwordlimit"]) == (3, "20", "80")
    assert "maxwordlimit" not in found.settings
    assert found.feedbacks["responsetemplate"] == "<p>First, …</p>"
    for text in ("Like this.", "A &amp; B", "1.5\u00a0points", "multiply by 2", "Thus.", "Half."):
        assert text in found.feedbacks["graderinfo"]


@pytest.mark.parametrize(("lines", "height"), [(1, "2"), (4, "5"), (7, "5"), (8, "10"), (None, "15"), (200, "40")])
def test_height_of_the_answer_box(lines: int | None, height: str) -> None:
    """Lines on paper become the nearest height that Moodle offers, the larger of two."""
    found = one(bank({"type": "essay", **({} if lines is None else {"lines": lines})}))

    assert found.settings["responsefieldlines"] == height


@pytest.mark.parametrize(
    ("points", "weights", "marks", "said"),
    [
        (2, (1, 1), [1, 1], []),
        (6, (2, 1), [4, 2], []),
        (1, (1, 1), [1, 1], [("points-differ", "info")]),
        ("2.5", (1, 1), [1, 1], [("points-differ", "info")]),
        (0, (1,), [1], [("points-differ", "info")]),
    ],
)
def test_marks_of_gaps(points: object, weights: tuple[int, ...], marks: list[int], said: list[tuple[str, str]]) -> None:
    """Gaps have whole marks in the proportion of the weights; where their sum is not the points, that is said."""
    blanks = {f"b{index}": {"answers": ["x"], "weight": weight} for index, weight in enumerate(weights)}
    stem = " ".join(f"[[{name}]]" for name in blanks)
    source = bank({"type": "cloze", "stem": stem, "points": points, "blanks": blanks})

    assert [gap.mark for gap in one(source).gaps] == marks
    assert problems(source) == said


@pytest.mark.parametrize(
    ("options", "shuffle", "kind"),
    [
        (["b", "c"], True, "MULTICHOICE_S"),
        (["*b*", "c"], True, "MULTICHOICE_VS"),
        ([r"\(b\)", "c"], False, "MULTICHOICE_V"),
        (["2", "3"], True, "MULTICHOICE"),
    ],
)
def test_kind_of_a_choice_gap(options: list[str], shuffle: bool, kind: str) -> None:  # noqa: FBT001  # a table
    """A drop-down list cannot show markup or maths, so such options are radio buttons."""
    first = "1" if options[0].isdigit() else "a"
    blanks = {"x": {"choices": [{"text": first, "correct": True}, *options]}}

    assert one(bank({"type": "cloze", "stem": "[[x]]", "blanks": blanks, "shuffle": shuffle})).gaps[0].kind == kind


def test_text_around_gaps_cannot_be_one() -> None:
    """What looks like a gap, or like the mark that Moodle leaves for one, is shown and not read."""
    scenario = {"id": "case", "text": "A case {1:SA:=x} and {#2}."}
    question = {"type": "cloze", "stem": "{:MC:=a~b} {#1} [[n]] m", "blanks": {"n": {"answer": 2, "unit": "m"}}}
    found = one(bank({**question, "scenario": "case"}, scenarios=[scenario]))

    assert len(found.gaps) == 1
    assert "&#123;1:SA:=x}" in found.text
    assert "&#123;#1}" in found.text


def test_a_literal_plugin_file_is_no_reference() -> None:
    """An author may write about Moodle's own markup without breaking a link."""
    found = one(bank({**SINGLE, "stem": "Write `@@PLUGINFILE@@/x.png` here."}))

    assert found.files == {}
    assert "&#64;&#64;PLUGINFILE" in found.text


@pytest.mark.parametrize(
    "question",
    [
        {"type": "essay", "response_template": "![x](img/a%20chart.png)"},
        {"type": "matching", "pairs": [{"left": "a", "right": "![x](img/a%20chart.png)"}, {"left": "b", "right": "c"}]},
        {
            "type": "cloze",
            "stem": "[[x]]",
            "blanks": {"x": {"choices": [{"text": "a", "correct": True}, "![x](img/a%20chart.png)"]}},
        },
        {
            "type": "cloze",
            "stem": "[[x]]",
            "blanks": {"x": {"answers": [{"text": "a", "feedback": "![x](img/a%20chart.png)"}]}},
        },
    ],
)
def test_images_where_moodle_carries_none(question: dict[str, Any]) -> None:
    """An image that Moodle would silently lose is an error, and nothing is written."""
    found = exported(bank(question, media=(CHART,)))

    assert [problem.code.name for problem in found.problems if problem.code.severity == "error"] == ["image-refused"]
    assert found.files == ()


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ({**SINGLE, "tags": ["x" * 256]}, "over-limit"),
        ({**SINGLE, "title": "bell \x07"}, "unwritable"),
        ({"type": "numerical", "answer": 1, "unit": "u" * 51}, "over-limit"),
        ({"type": "matching", "pairs": [{"left": "a", "right": "r" * 256}, {"left": "b", "right": "c"}]}, "over-limit"),
        ({"type": "matching", "pairs": [{"left": "a", "right": "*r*"}, {"left": "b", "right": "r"}]}, "looks-alike"),
        ({"type": "ordering", "items": ["*same*", "_same_"]}, "looks-alike"),
        ({"type": "cloze", "stem": "[[x]]", "blanks": {"x": {"answers": ["a\\}"]}}}, "unwritable"),
        ({"type": "short_answer", "answers": ["\x01"]}, "unwritable"),
        ({**SINGLE, "stem": "[]:[){["}, "unwritable"),
    ],
)
def test_what_moodle_would_swallow_is_an_error(question: dict[str, Any], name: str) -> None:
    """Where Moodle would fail, or silently lose or change something, nothing is written."""
    source = bank(question)

    assert (name, "error") in problems(source)
    assert exported(source).files == ()


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ({**SINGLE, "choices": [{"text": "*a*", "correct": True}, "_a_"]}, "looks-alike"),
        ({"type": "ordering", "items": ["instruction data", "instruction tuning"]}, "looks-alike"),
        ({"type": "numerical", "answer": "1.234567890123456"}, "number-rounded"),
    ],
)
def test_what_a_person_must_look_at(question: dict[str, Any], name: str) -> None:
    """Options that response files cannot tell apart, and digits that Moodle drops, are warnings."""
    source = bank(question)

    assert problems(source) == [(name, "warning")]
    assert exported(source).files


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ({"type": "matching", "pairs": [{"left": "a", "right": "1"}, {"left": "b", "right": "2"}]}, "hard-to-edit"),
        (
            {
                "type": "matching",
                "pairs": [{"left": "a", "right": "*r*"}, {"left": "b", "right": r"\(x\)"}],
                "distractors": ["y"],
            },
            "formatting-lost",
        ),
    ],
)
def test_what_is_only_said(question: dict[str, Any], name: str) -> None:
    """What a person may want to know, and need not mend, is info."""
    assert (name, "info") in problems(bank(question))


def test_rights_are_plain_text() -> None:
    """Right sides are plain text in Moodle: markup goes, TeX stays as it is written."""
    pairs = [{"left": "a", "right": "**bold** & `code`"}, {"left": "b", "right": r"\(x<y\)"}]

    assert one(bank({"type": "matching", "pairs": pairs})).rights == ("bold & code", r"\(x<y\)")


def test_description_has_no_points() -> None:
    """Information is a description without a mark."""
    found = one(bank({"type": "information", "stem": "Read *this*."}))

    assert (found.kind, found.mark, found.text) == ("description", 0, "<p>Read <em>this</em>.</p>")


def test_cdata_end_is_split() -> None:
    """The end of a CDATA section survives in plain texts, which are not HTML."""
    assert one(bank({"type": "short_answer", "answers": ["a]]>b"]})).answers[0].text == "a]]>b"


def test_notes_say_how_to_import() -> None:
    """The person who exports is told the settings and the number of questions."""
    found = exported(bank({**SINGLE, "id": "a"}, {**SINGLE, "id": "b"}))

    assert "(2)" in found.notes[0]
    assert [(file.name, file.audience, file.questions) for file in found.files] == [
        ("bank.xml", "staff", 2),
        ("bank.manifest.json", "staff", 2),
    ]


def test_settings_to_choose_are_said() -> None:
    """The file holds no settings of a quiz, so that the export tells which to choose, by mode."""
    source = bank(SINGLE)
    exam, practice = (export(source, "moodle-xml", options=MoodleOptions(mode=mode)) for mode in ("exam", "practice"))

    assert "settings to choose in the quiz for an exam" in " ".join(exam.notes)
    assert "settings to choose in the quiz for practice" in " ".join(practice.notes)
    assert exam.files == practice.files
