"""QF60x to QF63x: quiz files, the assembly of forms, and what was assembled before."""

from __future__ import annotations

from quizforge.model.diagnostic import Code

QUIZ_BANK = Code(
    "QF600", "quiz-bank", "error", "A bank that a quiz needs is not found, or lies where none may be read."
)
AMBIGUOUS_NAME = Code("QF601", "ambiguous-name", "error", "An id that several banks of a quiz have.")
RETIRED_QUESTION = Code("QF602", "retired-question", "error", "A quiz names a question that is retired.")
QUESTION_TWICE = Code("QF603", "question-twice", "error", "A quiz names a question twice, or wants and excludes it.")
EMPTY_SECTION = Code("QF604", "empty-section", "error", "A section of a quiz neither names nor picks questions.")
QUIZ_IMAGE = Code("QF605", "quiz-image", "error", "A text of a quiz file shows an image, which only banks can hold.")
BAD_COUNT = Code("QF606", "bad-count", "error", "The counts of a section and of its cells exclude each other.")
NOTHING_FITS = Code("QF607", "nothing-fits", "error", "Filters that exclude each other, so that no question can fit.")
TWIN_SECTION = Code("QF608", "twin-section", "error", "Two sections or forms of a quiz have one name.")

LEDGER_PATH = Code("QF609", "ledger-path", "error", "The ledger of a quiz lies where none may be written.")

CELL_SHORT = Code("QF610", "cell-short", "error", "A cell, or several together, need more questions than there are.")
FIXED_ENEMIES = Code("QF611", "fixed-enemies", "error", "Two questions that stand in every form exclude each other.")
NO_ASSEMBLY = Code("QF612", "no-assembly", "error", "No way was found to fill the forms within all conditions.")
SPLIT_SCENARIO = Code(
    "QF613", "split-scenario", "warning", "Questions of one scenario that no cell takes together, so none is picked."
)
GIVEN_AWAY = Code("QF614", "given-away", "warning", "A question of a scenario gives away the answer to another.")
POSITION_WORDS = Code(
    "QF615", "position-words", "error", "An option speaks of the places or letters of others, which every form moves."
)
KEYS_UNBALANCED = Code(
    "QF616", "keys-unbalanced", "warning", "Pinned options keep the places of the keys from being balanced."
)
FORMS_DIFFER = Code("QF617", "forms-differ", "warning", "The forms differ more than they should in what they ask for.")
OVER_TIME = Code("QF618", "over-time", "warning", "The questions of a form need more time than the quiz gives.")
UNRATED_QUESTION = Code(
    "QF619", "unrated-question", "info", "Questions with neither a difficulty nor a measured value; taken as medium."
)

QUIZ_CHANGED = Code("QF620", "quiz-changed", "error", "A quiz that was assembled before would come out otherwise now.")
UNKNOWN_STATISTIC = Code(
    "QF621",
    "unknown-statistic",
    "warning",
    "Statistics of a question that the bank does not have, or that has changed.",
)
