"""Questions whose parts are brought together or into order: matching and ordering."""

from __future__ import annotations

from fractions import Fraction

from quizforge.exporters.arrange import item_order, left_order, right_order
from quizforge.exporters.idents import DigitIdents
from quizforge.exporters.qti.choice import matched
from quizforge.exporters.qti.item import Body, Entry, choose_by_response, declare, final_score
from quizforge.exporters.qti.marks import Marks, marks, number, steps
from quizforge.exporters.qti.pen import Pen
from quizforge.formats.qti import RESPONSE, SCORE
from quizforge.model.arrangement import ArrangedMatching, ArrangedOrdering
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.ordering import Ordering


def matching(question: Matching, stem: str, pen: Pen) -> Body:
    """Left sides that each take one right side; a right side may be taken by all of them."""
    tags, idents = pen.tags, DigitIdents()
    lefts = ["l" + idents.new("left", pair.left) for pair in question.pairs]
    rights = {right: "r" + idents.new("right", right) for right in question.rights}
    keys = [f"{left} {rights[pair.right]}" for left, pair in zip(lefts, question.pairs, strict=True)]
    left_set = "".join(
        _side(pen, lefts[index], question.pairs[index].left, 1) for index in left_order(question, pen.bank.id)
    )
    right_set = "".join(_side(pen, rights[right], right, len(lefts)) for right in right_order(question, pen.bank.id))
    sets = "".join(tags("simpleMatchSet", f"\n{side}") + "\n" for side in (left_set, right_set))
    html = f"{stem}\n" + tags(
        "matchInteraction",
        f"\n{sets}",
        responseIdentifier=RESPONSE,
        shuffle=str(question.shuffle and not isinstance(question, ArrangedMatching)).lower(),
        maxAssociations=str(len(lefts)),
    )
    if question.scoring == "all_or_nothing":
        declaration = declare(tags, RESPONSE, kind="directedPair", cardinality="multiple", correct=keys)
        return matched(html, declaration, (), question, pen)
    shares = [Fraction(1, len(keys))] * len(keys)
    found = marks(shares, range(len(keys)), question.max_points)
    declaration = declare(
        tags,
        RESPONSE,
        kind="directedPair",
        cardinality="multiple",
        correct=keys,
        entries=[Entry(key, mark) for key, mark in zip(keys, found.each, strict=True)],
        lowest=Fraction(0),
        highest=found.top,
    )
    score = final_score(tags, found, question.max_points, tags("mapResponse", identifier=RESPONSE))
    template = "map_response" if found.divisor is None else None
    return Body(html, declaration, choose_by_response(tags, score, feedback=False), template)


def _side(pen: Pen, name: str, text: str, most: int) -> str:
    return pen.tags("simpleAssociableChoice", pen.shown_inline(text), identifier=name, matchMax=str(most)) + "\n"


def ordering(question: Ordering, stem: str, pen: Pen) -> Body:
    """Items to bring into order; each item in its place earns its share, or only the right order earns."""
    tags, idents = pen.tags, DigitIdents()
    names = ["o" + idents.new("item", item.text) for item in question.items]
    options = "".join(
        tags("simpleChoice", pen.shown_inline(question.items[index].text), identifier=names[index]) + "\n"
        for index in item_order(question, pen.bank.id)
    )
    shuffle = "false" if isinstance(question, ArrangedOrdering) else "true"
    html = f"{stem}\n" + tags("orderInteraction", f"\n{options}", responseIdentifier=RESPONSE, shuffle=shuffle)
    declaration = declare(tags, RESPONSE, kind="identifier", cardinality="ordered", correct=names)
    if question.scoring == "all_or_nothing":
        return matched(html, declaration, (), question, pen)
    shares = [Fraction(1, len(names))] * len(names)
    found = steps(shares, (), question.max_points)
    return Body(html, declaration, tags.answered(RESPONSE, _places(names, found, question, pen)))


def _places(names: list[str], found: Marks, question: Ordering, pen: Pen) -> str:
    """Rules that add the mark of each item that stands in its place.

    The standard templates know no places; ``index`` finds the item in one, counted from 1.
    """
    tags = pen.tags
    rules = tags.set(SCORE, tags.base("float", "0"))
    for place, (name, mark) in enumerate(zip(names, found.each, strict=True), 1):
        there = tags("index", tags.variable(RESPONSE), n=str(place))
        test = tags("match", there + tags.base("identifier", name))
        rules += tags.condition([(test, tags.add(tags.base("float", number(mark))))])
    if found.divisor is not None:
        rules += final_score(tags, found, question.max_points, tags.variable(SCORE))
    return rules
