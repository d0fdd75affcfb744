"""Findings as text, JSON, SARIF and GitHub annotations."""

from __future__ import annotations

import json
from itertools import permutations

import pytest

from quizforge.loading.excerpt import WINDOW, excerpt, visible, width
from quizforge.loading.report import ordered, render_github, render_json, render_sarif, render_text, summary
from quizforge.model.diagnostic import Code, Diagnostic, Place, Severity

KEY = Code("QF101", "unknown-key", "error", "A key that nobody knows.")
STYLE = Code("QF203", "style", "warning", "A style.")


def finding(  # one argument for each field that a test sets
    message: str = "wrong",
    at: tuple[int, int, int, int] = (1, 1, 1, 2),
    *,
    path: str = "banks/x.yaml",
    code: Code = KEY,
    severity: Severity | None = None,
    hint: str = "",
    related: tuple[Place, ...] = (),
) -> Diagnostic:
    """A finding."""
    return Diagnostic.of(code, Place(path, *at), message, severity=severity, hint=hint, related=related)


SOURCE = "schema: 1\nquestions:\n  - id: q1\n    corect: true\n"


def test_the_text_form_shows_line_caret_hint_and_related_places() -> None:
    """One finding, as printed."""
    found = finding(
        "unknown key 'corect'",
        (4, 5, 4, 11),
        hint="did you mean 'correct'?",
        related=(Place("banks/y.yaml", 2, 3, 2, 4),),
    )

    assert render_text([found], {"banks/x.yaml": SOURCE}, color=False) == (
        "banks/x.yaml:4:5: error[QF101] unknown key 'corect'\n"
        "        corect: true\n"
        "        ^^^^^^\n"
        "  hint: did you mean 'correct'?\n"
        "  banks/y.yaml:2:3: also here\n"
    )


def test_no_findings_are_no_text() -> None:
    """Nothing is printed where nothing was found."""
    assert render_text([], {}, color=False) == ""
    assert render_github([]) == ""
    assert json.loads(render_json([])) == {"version": 1, "findings": []}


def test_colours_are_put_around_place_severity_and_carets_only() -> None:
    """Without its escapes a coloured report is the plain one."""
    found = [finding(hint="mend it"), finding(code=STYLE, severity="info")]

    colored = render_text(found, {"banks/x.yaml": SOURCE}, color=True)

    for escape in ("\x1b[1m", "\x1b[1;31m", "\x1b[1;36m", "\x1b[0m"):
        assert escape in colored
        colored = colored.replace(escape, "")
    assert colored == render_text(found, {"banks/x.yaml": SOURCE}, color=False)


@pytest.mark.parametrize(
    ("place", "sources"),
    [(Place("banks/x.yaml"), {"banks/x.yaml": SOURCE}), (Place("banks/x.yaml", 3, 1, 3, 2), {})],
)
def test_without_line_or_source_there_is_no_excerpt(place: Place, sources: dict[str, str]) -> None:
    """A finding about a whole file, or about a file that could not be read, is one line."""
    text = render_text([Diagnostic.of(KEY, place, "wrong")], sources, color=False)

    assert text == f"{place}: error[QF101] wrong\n"


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        ((1, 1, 3, 1), ["    schema: 1", "    ^^^^^^^^^"]),
        ((4, 17, 4, 17), ["        corect: true", "                    ^"]),
        ((5, 1, 5, 1), ["", "    ^"]),
        ((9, 4, 9, 5), ["", "    ^"]),
        ((2, 5, 2, 5), ["    questions:", "        ^"]),
    ],
)
def test_carets_stay_in_the_first_line(at: tuple[int, int, int, int], shown: list[str]) -> None:
    """A stretch over several lines, an empty one and one at the end of the file have at least one caret."""
    assert render_text([finding(at=at)], {"banks/x.yaml": SOURCE}, color=False).split("\n")[1:3] == shown


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_excerpts_count_lines_as_places_do(line_break: str) -> None:
    """LF, CR LF and CR end a line, and none of them is shown."""
    source = SOURCE.replace("\n", line_break)

    text = render_text([finding(at=(4, 5, 4, 11))], {"banks/x.yaml": source}, color=False)

    assert text.split("\n")[1:3] == ["        corect: true", "        ^^^^^^"]


def test_carets_stand_under_wide_and_combining_characters() -> None:
    """A CJK character takes two columns, an accent that combines none."""
    shown = excerpt("数学: e\u0301x", 4, 7)

    assert (shown.line, len(shown.margin), shown.carets) == ("数学: e\u0301x", 6, "^^")
    assert excerpt("数学", 1, 2).margin + excerpt("数学", 1, 2).carets == "  ^^"


def test_tabs_and_control_characters_are_shown() -> None:
    """Nothing that a terminal would obey reaches it, and the carets count what is shown."""
    shown = excerpt("\ta\x07\x1b[31m\u202eb", 2, 3)

    assert shown.line == "    a␇␛[31m\\u202eb"
    assert shown.margin + shown.carets == "     ^"
    assert excerpt("\t\tb", 0, 2).carets == "^" * 8


def test_messages_hold_no_control_characters() -> None:
    """A value quoted in a message can neither break the line nor colour it."""
    text = render_text([finding("unknown key 'a\x1b[2J\nb'", hint="x\x9by")], {}, color=False)

    assert text == "banks/x.yaml:1:1: error[QF101] unknown key 'a␛[2J␊b'\n  hint: x\\u009by\n"


@pytest.mark.parametrize("start", [0, 3, 50, 200, 499, 940, 999])
@pytest.mark.parametrize("length", [1, 40, 300])
@pytest.mark.parametrize("unit", ["abcdefghij", "数学的な質問これは何", "a\tb\x07数e\u0301fgh"])
def test_a_long_line_is_cut_around_the_stretch(unit: str, start: int, length: int) -> None:
    """At most 100 columns are shown, the marked characters among them, with signs where something was cut."""
    line = unit * 100

    shown = excerpt(line, start, start + length)

    assert width(shown.line.strip("…")) <= WINDOW
    assert width(shown.margin + shown.carets) <= width(shown.line)
    marked = visible(line[start : start + 1])
    columns, rest = width(shown.margin), shown.line
    while columns > 0:
        columns -= width(rest[0])
        rest = rest[1:]
    assert rest.lstrip("\u0301").startswith(marked.lstrip("\u0301"))
    assert "…" in (shown.line[0], shown.line[-1])


def test_a_short_line_is_shown_whole() -> None:
    """Up to 100 columns nothing is cut."""
    assert excerpt("x" * 100, 99, 100).line == "x" * 100
    assert excerpt("x" * 101, 0, 1).line == "x" * 100 + "…"


def test_findings_are_sorted_and_merged() -> None:
    """Whatever the order in which they were found, each is listed once, by file, line, column and code."""
    first, second, third = finding(at=(2, 1, 2, 2)), finding("b", (10, 1, 10, 2)), finding(path="banks/y.yaml")
    fourth = finding(path="banks/y.yaml", code=STYLE)

    for order in permutations([fourth, third, first, second, first]):
        assert ordered(order) == (first, second, third, fourth)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], "no findings"),
        ([finding()], "1 error in 1 file"),
        ([finding(), finding()], "1 error in 1 file"),
        ([finding(), finding("b"), finding(code=STYLE, path="y"), finding(path="z")], "3 errors, 1 warning in 3 files"),
        ([finding(severity="info"), finding(code=STYLE)], "1 warning, 1 note in 1 file"),
        ([finding(str(number)) for number in range(1200)], "1,200 errors in 1 file"),
    ],
)
def test_the_summary_counts_by_severity(found: list[Diagnostic], expected: str) -> None:
    """Findings and files, duplicates left aside."""
    assert summary(found) == expected


def test_the_json_form_has_ten_keys() -> None:
    """The keys are those of version 1, in their order."""
    found = finding("falsch: 'é'", (4, 5, 6, 7), hint="so", related=(Place("y", 1, 1, 1, 2),))

    assert render_json([found]).endswith("\n")
    assert json.loads(render_json([found])) == {
        "version": 1,
        "findings": [
            {
                "path": "banks/x.yaml",
                "line": 4,
                "column": 5,
                "end_line": 6,
                "end_column": 7,
                "code": "QF101",
                "name": "unknown-key",
                "severity": "error",
                "message": "falsch: 'é'",
                "hint": "so",
            }
        ],
    }


def test_the_sarif_form_is_a_log_with_one_run() -> None:
    """Rules are listed once and pointed at; columns are code points; what is checked here is what SARIF requires."""
    related = Place("banks/my bank/ü#1.yaml", 2, 3, 2, 9)
    found = [
        finding("a", (4, 5, 4, 11), hint="so", related=(related,)),
        finding("b", (9, 1, 9, 2), code=STYLE),
        finding("c", (11, 1, 12, 2)),
        Diagnostic.of(STYLE, Place("/abs/x.yaml"), "d", severity="info"),
        Diagnostic.of(STYLE, Place("C:/x y.yaml", 1, 1, 1, 1), "e"),
    ]

    log = json.loads(render_sarif(found))

    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["name"] == "QuizForge"
    rules = run["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["defaultConfiguration"]["level"]) for rule in rules] == [
        ("QF101", "error"),
        ("QF203", "warning"),
    ]
    assert all(rule["shortDescription"]["text"] for rule in rules)
    results = {result["message"]["text"].split("\n")[0]: result for result in run["results"]}
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results.values())
    assert [results[name]["level"] for name in "abcde"] == ["error", "warning", "error", "note", "warning"]
    assert results["a"]["message"]["text"] == "a\nhint: so"
    place = results["a"]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 4, "startColumn": 5, "endLine": 4, "endColumn": 11}
    (also,) = results["a"]["relatedLocations"]
    assert also["physicalLocation"]["artifactLocation"]["uri"] == "banks/my%20bank/%C3%BC%231.yaml"
    assert "region" not in results["d"]["locations"][0]["physicalLocation"]
    uris = [results[name]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for name in "ade"]
    assert uris == ["banks/x.yaml", "file:///abs/x.yaml", "file:///C:/x%20y.yaml"]


def test_the_github_form_escapes_what_the_runner_reads() -> None:
    """Colons and commas in properties, and per cent signs and line breaks everywhere, are escaped."""
    found = [
        finding("100% of\r\n'a,b: c'", (4, 5, 6, 7), path="banks/a,b:c%.yaml", hint="so"),
        Diagnostic.of(STYLE, Place("banks/d.yaml"), "whole file"),
        finding("look", (1, 1, 1, 2), path="banks/e.yaml", severity="info"),
    ]

    assert render_github(found).splitlines() == [
        (
            "::error file=banks/a%2Cb%3Ac%25.yaml,line=4,col=5,endLine=6,title=QF101 unknown-key"
            "::100%25 of%0D%0A'a,b: c'%0Ahint: so"
        ),
        "::warning file=banks/d.yaml,title=QF203 style::whole file",
        "::notice file=banks/e.yaml,line=1,col=1,endLine=1,title=QF101 unknown-key::look",
    ]


@pytest.mark.parametrize("render", [render_json, render_sarif, render_github])
def test_machine_forms_do_not_depend_on_the_order_of_finding(render: object) -> None:
    """The same findings give the same bytes."""
    assert callable(render)
    found = [finding(), finding("b", (2, 1, 2, 2)), finding(code=STYLE), finding()]

    assert len({render(order) for order in permutations(found)}) == 1
