"""A learner's collection in the real Anki backend, and what the clients would show of its cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizforge.exporters.anki import Anki, AnkiOptions, Lock, parse_lock
from quizforge.exporters.base import Env
from quizforge.model.bank import Bank
from quizforge.model.quiz import Quiz, Selection, whole_bank

NOW = 1_795_000_000
PRACTICE = Selection(pools=frozenset({"practice"}))


def deck(source: Bank | Quiz, *, now: int = NOW, lock: Lock | None = None, **options: Any) -> tuple[bytes, Lock]:
    """The package of a bank's practice pool, and its lock."""
    quiz = source if isinstance(source, Quiz) else whole_bank(source, PRACTICE)
    export = Anki().render(quiz, AnkiOptions(lock=lock, **options), Env(now=now))
    assert [file.name for file in export.files] == [f"{quiz.id}.apkg", "anki.lock.json"], export.problems
    return export.files[0].data, parse_lock(export.files[1].data)


@dataclass(frozen=True)
class Card:
    """Both sides of a card as HTML, and its place in the queue."""

    entry: str
    ordinal: int
    note_type: str
    front: str
    back: str
    css: str
    due: int


class Learner:
    """A collection that packages are imported into."""

    def __init__(self, folder: Path) -> None:
        from anki.collection import Collection

        self.folder = folder
        self.collection = Collection(str(folder / "collection.anki2"))
        self._packages = 0

    def imports(self, package: bytes) -> Counter[str]:
        """Import a package with the options that Anki offers first; counts of notes by what became of them."""
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

        self._packages += 1
        path = self.folder / f"{self._packages}.apkg"
        path.write_bytes(package)
        request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
        log = self.collection.import_anki_package(request).log
        kinds = ("new", "updated", "duplicate", "conflicting", "missing_notetype", "empty_first_field")
        return Counter({kind: len(getattr(log, kind)) for kind in kinds if len(getattr(log, kind))})

    def note(self, entry: str) -> Any:
        """The note of an entry."""
        (found,) = self.collection.find_notes(f'"Id:{entry}"')
        return self.collection.get_note(found)

    def cards(self) -> Iterator[Card]:
        """All cards in the order of the queue."""
        for number in self.collection.find_cards("", order="c.due"):
            card = self.collection.get_card(number)
            note = card.note()
            front, back = card.question(), card.answer()
            if "[[type:Answer]]" in front:
                expected = note["Answer"]
                front = front.replace("[[type:Answer]]", '<input type="text" id="typeans">')
                shown = self.collection.compare_answer(expected, "x" + expected[1:])
                back = back.replace("[[type:Answer]]", f"<div>{shown}</div>")
            kind = note.note_type()
            yield Card(note["Id"], card.ord, kind["name"], front, back, kind["css"], card.due)


@contextmanager
def learner(folder: Path) -> Iterator[Learner]:
    """A new collection in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    found = Learner(folder)
    try:
        yield found
    finally:
        found.collection.close()
