"""QF49x: faults in the settings of the reviewer, whose rules bring their own codes (``quizforge.lint.rules``)."""

from __future__ import annotations

from quizforge.model.diagnostic import Code

UNKNOWN_RULE = Code("QF490", "unknown-rule", "error", "A lint setting names a rule that does not exist.")
UNKNOWN_LIMIT = Code("QF491", "unknown-limit", "error", "A lint setting sets a limit that no rule has.")
BAD_SETTING = Code("QF492", "bad-setting", "error", "A project's settings that cannot be read or followed.")
