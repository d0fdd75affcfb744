from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from quizforge.exporters.anki import Lock, parse_lock
from quizforge.exporters.anki.texts import slug
from quizforge.model.bank import Flashcard, Reference, Scenario
from quizforge.model.media import Media
from quizforge.model.quiz import Item, Quiz, Section, Selection, whole_bank
from tests.tools import apkg
from tests.tools.anki_making import NOW, bank, export, package, question, single


def test_files_are_a_deck_for_students_and_a_lock_for_staff() -> None:
    """The lock is kept beside the bank."""
    deck, lock = export(bank(single())).files

    assert (deck.name, deck.audience, deck.questions, deck.beside) == ("b.apkg", "student-practice", 1, "output")
    assert (lock.name, lock.audience, lock.beside) == ("anki.lock.json", "staff", "bank")
    assert list(parse_lock(lock.data).notes) == ["b/choice/q"]


def test_a_text_without_a_question_is_named_as_left_out() -> None:
    """Nothing is lost silently."""
    assert export(bank(question("information"))).left_out == (("q", "it asks nothing"),)


def test_common_parts_stand_in_their_fields() -> None:
    """Scenario, hints, explanation with title and combined feedback, sources, report link, revision."""
    asked = single(
        scenario="s", title="A <title>", hints=["One", "Two"], feedback="General", feedback_partial="Partly",
        references=["r#4.2"], authors=["Ann"], license="MIT", ai="assisted", source=["key-1"], notes="Secret",
        based_on={"text": "Old", "url": "https://e.org/old"},
    )  # fmt: skip
    source = bank(
        asked,
        scenarios=(Scenario.model_validate({"id": "s", "title": "Case", "text": "Text"}),),
        references=(Reference.model_validate({"id": "r", "text": "Book", "url": "https://e.org/?a=1&b=2"}),),
        header={"report_url": "https://e.org/?id={id}&rev={revision}&r={rev}"},
    )
    note = package(source).note("q")

    assert note["Scenario"] == '<div lang="en"><h2>Case</h2><p>Text</p></div>'
    assert note["Hints"].count("<details") == 2
    assert "Hint 2" in note["Hints"]
    assert note["Explanation"].startswith('<div lang="en"><h2>A &lt;title&gt;</h2><p>General</p>')
    assert 'data-when="partial"' in note["Explanation"]
    assert '<a href="https://e.org/?a=1&amp;b=2">Book, 4.2</a>' in note["Source"]
    for fact in ("Ann", "MIT", "Old, https://e.org/old", "assisted"):
        assert fact in note["Source"]
    revision = Item(asked, source).revision
    assert note["Revision"] == revision
    assert note["ReportUrl"] == f"https://e.org/?id=q&amp;rev={revision}&amp;r={revision}"
    assert not any(secret in text for text in note.fields.values() for secret in ("key-1", "Secret"))


def test_tags_are_slugs() -> None:
    """Everything to filter by, sorted, without blanks or capitals."""
    asked = single(
        concepts=["idea"], objectives=["lo1"], tags=["Two Words", "A::b", "ä/ö"], difficulty="hard", bloom="apply",
        family="f", pool="exam", status="draft",
    )  # fmt: skip
    source = whole_bank(bank(asked), Selection(statuses=frozenset({"draft"})))

    (note,) = package(source).notes

    assert note.tags == (
        "concept::idea", "difficulty::hard", "family::f", "level::apply", "objective::lo1", "pool::exam", "qf::draft",
        "topic::a::b", "topic::two-words", "topic::ä-ö", "type::single_choice",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("A b", "a-b"), ("::a::::B::", "a::b"), ('"x"', "x"), ("a:b", "a-b"), ("—", "—"), (" ", ""), ("::", "")],
)
def test_slugs_are_what_anki_takes(tag: str, expected: str) -> None:
    """No blanks, no empty branches."""
    assert slug(tag) == expected


def test_both_gives_two_notes_kept_apart() -> None:
    """A choice card and a recall card, with other cards between them; a leaning stem has the choice card only."""
    many = [single(f"q{number}", stem="What is it?") for number in range(8)]
    read = package(bank(*many, single("z", stem="Which of these?")), cards="both")

    dues = {(note["Id"], note.note_type): note.cards[0].due for note in read.notes}
    assert len(dues) == 17
    order = sorted(dues, key=dues.__getitem__)
    apart = abs(order.index(("q0", "QuizForge Choice")) - order.index(("q0", "QuizForge Question")))
    assert apart > 4
    assert ("z", "QuizForge Question") not in dues
    assert any(
        "1 question is asked with all options" in text
        for text in export(bank(single(stem="Which of these?")), cards="recall").notes
    )


def test_questions_of_one_case_are_kept_apart() -> None:
    """Siblings of a scenario do not follow each other where others can stand between."""
    case = (Scenario.model_validate({"id": "s", "text": "Text"}),)
    asked = [single(f"s{n}", scenario="s") for n in range(2)] + [single(f"q{n}") for n in range(6)]
    read = package(bank(*asked, scenarios=case))

    order = sorted((note.cards[0].due, note["Id"]) for note in read.notes)
    names = [name for _, name in order]
    assert names.index("s1") - names.index("s0") == 5


def test_words_follow_the_language() -> None:
    """Decks, headings and marks are in the language of the quiz, texts say theirs."""
    (note,) = package(bank(single(hints=["Hinweis"]), header={"language": "de-AT"})).notes

    assert {card.deck for card in note.cards} == {"Bank::Fragen"}
    assert 'data-ok="Richtig"' in note["Options"]
    assert 'lang="de-AT"' in note["Options"]
    assert "Hinweis 1" in note["Hints"]


def test_right_to_left_is_said() -> None:
    """An Arabic bank says its direction in every field."""
    (note,) = package(bank(single(), header={"language": "ar"})).notes

    assert 'lang="ar" dir="rtl"' in note["Options"]
    assert 'lang="ar" dir="rtl"' in note["Question"]


@pytest.mark.parametrize(
    ("title", "deck"),
    [("A: b", "A: b"), ("A::b", "A:b"), (" ::A  b:: ", "A b"), (":::", "b"), ('Say "x"', "Say 'x'")],
)
def test_a_title_makes_one_deck(title: str, deck: str) -> None:
    """Two colons would make a branch of Anki's deck tree."""
    read = package(bank(single(), header={"title": title}))

    assert set(read.decks) == {"Default", deck, f"{deck}::Questions"}


def test_only_shown_images_are_packed() -> None:
    """An image of the bank that no note shows stays out."""
    media = {
        "media/a.png": Media("media/a.png", b"\x89PNG a", "image/png"),
        "media/b.png": Media("media/b.png", b"\x89PNG b", "image/png"),
    }
    read = package(bank(single(stem="![An a](media/a.png)"), media=media))

    assert read.media == {media["media/a.png"].name: b"\x89PNG a"}


def test_locked_refuses_a_change_and_names_it() -> None:
    """A fresh lock passes; a new or changed note is an error, and nothing is written."""
    first = export(bank(single("a"), single("b")))
    lock = parse_lock(first.files[1].data)

    assert export(bank(single("a"), single("b")), lock=lock, locked=True, now=NOW + 9).files == first.files
    refused = export(bank(single("a", stem="Other?"), single("b"), single("c")), lock=lock, locked=True)
    assert refused.files == ()
    (problem,) = (found for found in refused.problems if found.code.code == "QF520")
    assert problem.code.severity == "error"
    assert "b/choice/a (changed), b/choice/c (new)" in problem.message


def test_a_part_of_a_bank_keeps_the_lock_of_the_rest() -> None:
    """Exporting a selection does not make the other notes look new."""
    lock = parse_lock(export(bank(single("a"), single("b"))).files[1].data)

    assert parse_lock(export(bank(single("a")), lock=lock, now=NOW + 9).files[1].data) == lock


@pytest.mark.parametrize(
    "edit",
    [{"stem": "Other?"}, {"tags": ["new"]}, {"hints": ["new"]}, {"references": ["r"]}],
    ids=lambda edit: next(iter(edit)),
)
def test_whatever_a_learner_sees_is_a_change(edit: dict[str, Any]) -> None:
    """Texts, tags and sources give a note a new time; staff notes do not."""
    references = (Reference.model_validate({"id": "r", "text": "Book"}),)
    lock = parse_lock(export(bank(single(), references=references)).files[1].data)

    changed = export(bank(single(**edit), references=references), lock=lock, now=NOW + 5)
    silent = export(bank(single(notes="Staff"), references=references), lock=lock, now=NOW + 5)

    assert parse_lock(changed.files[1].data).notes["b/choice/q"][1] == NOW + 5
    assert parse_lock(silent.files[1].data) == lock


def test_the_same_note_twice_is_an_error() -> None:
    """Anki would take both and update neither."""
    source = bank(single("a"), single("b", formerly=["a"]))

    made = export(source, lock=Lock({"b/choice/a": ("0", 1)}))

    assert made.files == ()
    assert [(found.code.code, found.subject) for found in made.problems if found.code.code == "QF509"] == [
        ("QF509", ("questions", "b"))
    ]


def test_what_anki_would_swallow_is_an_error() -> None:
    """An empty front, a cloze without deletion and the separator of Anki's fields are refused."""
    cards = (Flashcard.model_validate({"id": "f", "cloze": "Nothing hidden"}),)
    made = export(bank(single("u", stem="a \x1f b"), flashcards=cards))

    found = {found.subject: found.message for found in made.problems if found.code.code == "QF509"}
    assert made.files == ()
    assert "no deletion" in found[("flashcards", "f")]
    assert set(found) <= {("flashcards", "f"), ("questions", "u")}


def test_two_banks_share_a_deck() -> None:
    """A quiz of several banks has their notes apart, under the quiz's own name."""
    one, two = bank(single("q")), bank(single("q"), header={"id": "c", "title": "Other"})
    quiz = Quiz(
        "exam", "Mixed", "en", (Section((Item(one.questions[0], one), Item(two.questions[0], two))),), (one, two)
    )

    read = package(quiz)

    assert len({note.guid for note in read.notes}) == 2
    assert set(read.decks) == {"Default", "Mixed", "Mixed::Questions"}


def test_losses_are_said() -> None:
    """Points and times have no place on a card, and whoever gave them is told."""
    made = export(bank(single(points="2", minutes="1", notes="x", enemies=["y"])))

    assert [found.message for found in made.problems] == [
        f"{field} is left out" for field in ("enemies", "minutes", "notes", "points")
    ]


def _kinds(notes: Sequence[apkg.Note]) -> set[str]:
    return {note.note_type for note in notes}


def test_few_note_types_serve_all() -> None:
    """Only those in use are in the package."""
    assert _kinds(package(bank(single())).notes) == {"QuizForge Choice"}
    assert set(package(bank(single())).note_types) == {"QuizForge Choice"}
