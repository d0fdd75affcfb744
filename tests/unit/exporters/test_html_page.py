from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from quizforge.errors import UsageError
from quizforge.exporters import registry
from quizforge.exporters.base import Env
from quizforge.exporters.html import HtmlOptions, PrintableHtml
from quizforge.exporters.html.page import css_string
from quizforge.exporters.numbering import letter
from quizforge.model.quiz import Quiz, Section
from tests.unit.exporters.paper import exam, loaded, printed
from tests.unit.exporters.test_html_exam import page, texts


def test_the_registry_knows_it() -> None:
    """`-f html` gives this exporter, which drops nothing and has every type itself."""
    exporter = registry.get("html")
    assert isinstance(exporter, PrintableHtml)
    assert not exporter.drops
    assert len(exporter.native) == 10


def test_two_files_with_their_audience() -> None:
    """The exam is for students, the key is for staff, and both are named after the quiz."""
    export = PrintableHtml().render(exam(), HtmlOptions(), Env())
    assert [(each.name, each.audience, each.questions) for each in export.files] == [
        ("llm-basics-exam.html", "student-exam", 13),
        ("llm-basics-key.html", "staff", 13),
    ]
    assert export.problems == ()
    assert export.left_out == ()


@pytest.mark.parametrize(
    "options",
    [
        {"paper": "a5"},
        {"columns": 3},
        {"columns": 2, "large_print": True},
        {"templates": {"exam.jinja": ""}},
    ],
)
def test_options_are_checked(options: dict[str, object]) -> None:
    """A value that does not exist, or that excludes another, is an error with a hint."""
    with pytest.raises(UsageError) as caught:
        HtmlOptions(**options)  # type: ignore[arg-type]  # wrong on purpose
    assert caught.value.hint


@pytest.mark.parametrize(
    ("options", "rules", "absent"),
    [
        (HtmlOptions(), ["size: A4;"], ["columns: 2;", "18pt"]),
        (HtmlOptions(paper="letter"), ["size: letter;"], ["A4"]),
        (HtmlOptions(columns=2), [".exam .flow { columns: 2;"], []),
        (HtmlOptions(large_print=True), ["font-size: 18pt;", "font: 13pt"], ["columns: 2;"]),
    ],
)
def test_options_come_into_the_style(options: HtmlOptions, rules: list[str], absent: list[str]) -> None:
    """Paper, columns and large print are rules of the style sheet."""
    for source in printed(options=options):
        style = page(source).xpath("string(//style)")
        assert [rule for rule in rules if rule not in style] == []
        assert [rule for rule in absent if rule in style] == []


@pytest.mark.parametrize(
    "title", ['</style><script>alert("x")</script>', "{{ 7 * 7 }} {% raw %}", 'a\\b "c" } @page', "Ж 試"]
)
def test_a_title_is_only_a_text(title: str) -> None:
    """Whatever stands in the title: it comes into head, heading and page margin as it is, and opens nothing."""
    for source in printed(exam(title=title)):
        tree = page(source)
        assert not tree.xpath("//script")
        assert tree.xpath("string(//title)").startswith(title)
        assert texts(tree, "//h1")[0].startswith(" ".join(title.split()))
        assert css_string(title)[1:-1] in tree.xpath("string(//style)")


def test_css_strings_hold_nothing_that_ends_them() -> None:
    """All but letters, digits and harmless signs are escaped; what follows an escape cannot join it."""
    assert css_string('a"b') == '"a\\22 b"'
    assert css_string("</style>") == '"\\3c \\2f style\\3e "'
    assert css_string("x\ny") == '"x\\a y"'


def test_a_template_of_the_user_s_replaces_ours() -> None:
    """A replaced shell gets the same values, may extend the built-in one, and leaves the other page alone."""
    mine = '{% extends "default/exam.html.jinja" %}{% block header %}<h1>{{ page.title }} & Co</h1>{% endblock %}'
    exam_page, key_page = printed(options=HtmlOptions(templates={"exam.html.jinja": mine}))
    assert "<h1>Language models: from text to alignment & Co</h1>" in exam_page
    assert len(page(exam_page).xpath("//article")) == 12
    assert key_page == printed()[1]


def test_a_replaced_style_comes_into_both_pages() -> None:
    """The style sheet is a template too."""
    for source in printed(options=HtmlOptions(templates={"style.css.jinja": "p { color: {{ page.paper }} }"})):
        assert "<style>\np { color: a4 }\n</style>" in source


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% if %}", "template 'exam.html.jinja', line 1"),
        ("\n{{ page.nothing }}", "nothing"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{% set x = words.update({}) %}", "unsafe"),
        ("{{ 1 / 0 }}", "division"),
        ("{% include 'passwd' %}", "passwd"),
        ("{{ page.sections[0].body | length }}", "Slot"),
        ("{% for i in range(10 ** 9) %}{% endfor %}", "Range"),
    ],
)
def test_a_faulty_template_is_named(source: str, words: str) -> None:
    """A template of the user's that cannot be filled in, or that reaches for what it must not, is a usage error."""
    with pytest.raises(UsageError) as caught:
        printed(options=HtmlOptions(templates={"exam.html.jinja": source}))
    assert "exam.html.jinja" in caught.value.message
    assert words in caught.value.message


def test_values_are_escaped_in_replaced_templates() -> None:
    """Autoescaping is on for everybody's templates."""
    templates = {"exam.html.jinja": "{{ page.title }}"}
    assert printed(exam(title="<b>&"), HtmlOptions(templates=templates))[0] == "&lt;b&gt;&amp;"


def test_an_empty_quiz_is_still_a_page() -> None:
    """Without questions there is a head and nothing to answer."""
    empty = Quiz("none", "Nothing", "en", (), ())
    exam_page, key_page = printed(replace(empty, instructions="Be *quick*."))
    assert texts(page(exam_page), "//p[@class='sum']") == ["0 questions · 0 points"]
    assert texts(page(exam_page), "//section[@class='rules']/p") == ["Be quick."]
    assert not page(key_page).xpath("//section[@class='glance']")


def test_two_banks_in_one_quiz() -> None:
    """Each question is rendered with its own bank's images; misconceptions of both are numbered on."""
    first = exam()
    other = replace(loaded(), header=loaded().header.model_copy(update={"id": "other"}))
    items = tuple(first.items)
    moved = tuple(replace(item, bank=other) for item in items)
    quiz = replace(first, sections=(Section(items), Section(moved)), banks=(loaded(), other))
    exam_page, key_page = (page(source) for source in printed(quiz))
    assert len(exam_page.xpath("//article")) == 24
    assert exam_page.xpath("//section[@class='group']/@aria-labelledby") == ["case1", "case2"]
    assert key_page.xpath("//article[starts-with(@id, 'm')]/@id") == ["m1", "m2", "m3", "m4"]
    assert len(key_page.xpath("//header//dl")) == 2


def test_pages_are_well_formed_outlines() -> None:
    """One h1, no level skipped, every table with heads, every image with a description."""

    def levels(source: str) -> list[int]:
        return [int(tag.tag[1]) for tag in page(source).xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]

    for source in printed():
        found = levels(source)
        assert found[0] == 1
        assert found.count(1) == 1
        assert all(found[at] - found[at - 1] <= 1 for at in range(1, len(found)))
        assert all(table.xpath(".//th") for table in page(source).xpath("//table"))
        assert all(page(source).xpath("//img/@alt"))


def test_letters() -> None:
    """Letters go on after Z."""
    assert [letter(index) for index in (0, 25, 26, 51, 52, 701)] == ["A", "Z", "AA", "AZ", "BA", "ZZ"]


def test_options_are_data() -> None:
    """Templates may come as any mapping."""
    templates: Mapping[str, str] = {"key.html.jinja": "{{ words['key.heading'] }}"}
    assert printed(options=HtmlOptions(templates=templates))[1] == "Answer key"
