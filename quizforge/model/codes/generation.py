"""QF640 to QF669: item models and the variants made from them."""

from __future__ import annotations

from quizforge.model.diagnostic import Code

BAD_VARIABLE = Code("QF640", "bad-variable", "error", "A variable that is neither a list, a range nor a table.")
BAD_DATA_FILE = Code("QF641", "bad-data-file", "error", "A table of data that cannot be read.")
BAD_DATA_ROW = Code("QF642", "bad-data-row", "error", "A header or row of a data table that does not fit.")
BAD_EXPRESSION = Code(
    "QF643", "bad-expression", "error", "An expression that is not arithmetic as item models know it."
)
BAD_TEMPLATE = Code("QF644", "bad-template", "error", "A text whose << >> or <% %> does more than show and choose.")
UNKNOWN_NAME = Code("QF645", "unknown-name", "error", "A name in an expression or text that nothing defines.")
NOT_COMPUTABLE = Code("QF646", "not-computable", "error", "A value that cannot be computed or shown for some variant.")
TOO_MUCH_WORK = Code(
    "QF647", "too-much-work", "error", "An item model with too many variants, or too long to work out."
)
NO_VARIANT = Code("QF648", "no-variant", "error", "Conditions that leave no variant, or fewer than asked for.")
EQUAL_VARIANTS = Code("QF649", "equal-variants", "error", "Variants that a note or their texts do not tell apart.")
OPTIONS_TOO_CLOSE = Code("QF650", "options-too-close", "error", "Numbers on offer in a variant that nearly agree.")
UNEXPLAINED_DISTRACTOR = Code(
    "QF651", "unexplained-distractor", "warning", "A wrong option of an item model without misconception or feedback."
)
UNUSED_NAME = Code("QF652", "unused-name", "warning", "A variable or computed value that nothing uses.")
STALE_VARIANTS = Code("QF653", "stale-variants", "error", "Variants that are not what their item model gives now.")
EDITED_VARIANTS = Code("QF654", "edited-variants", "error", "A file of variants that was changed by hand.")
ORPHANED_VARIANTS = Code("QF655", "orphaned-variants", "error", "A file of variants whose item model is gone.")
UNKNOWN_REJECT = Code("QF656", "unknown-reject", "warning", "A rejected variant that the item model does not have.")
NO_FOLDER = Code("QF657", "no-folder", "error", "Item models in a bank that is a single file.")
