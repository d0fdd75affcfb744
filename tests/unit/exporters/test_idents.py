"""Idents are derived from what they name, and from nothing else."""

from __future__ import annotations

import re

from quizforge.exporters.idents import DigitIdents, ncname


def test_digits_are_nine_and_differ() -> None:
    """Nine digits without a leading zero, all different inside one item, also for the same name."""
    idents = DigitIdents()
    found = [idents.new("choice", f"option {number}") for number in range(5_000)]
    found += [idents.new("choice", "option 1") for _ in range(3)]

    assert all(re.fullmatch("[1-9][0-9]{8}", one) for one in found)
    assert len(set(found)) == len(found)


def test_digits_do_not_depend_on_other_options() -> None:
    """An option keeps its ident when others come, go or move."""
    few, many = DigitIdents(), DigitIdents()
    many.new("choice", "another")

    assert few.new("choice", "alpha") == many.new("choice", "alpha")


def test_digits_past_the_highest_begin_anew() -> None:
    """A run of colliding names wraps around instead of growing a tenth digit."""
    idents = DigitIdents()
    first = int(idents.new("x"))
    following = [int(idents.new("x")) for _ in range(4)]

    assert following == [first + step for step in range(1, 5)]


def test_ncname_is_a_name_and_tells_parts_apart() -> None:
    """A letter and sixteen hexadecimal digits; where one part ends matters."""
    assert re.fullmatch("q[0-9a-f]{16}", ncname("bank", "id", prefix="q"))
    assert ncname("ab", "c") != ncname("a", "bc")
    assert ncname("bank", "id") == ncname("bank", "id")
