"""The Canvas dialect of QTI 1.2: names, shapes and escapes that a writer and a reader share.

Sources: what Canvas' two importers read. *Classic* is the quiz importer of canvas-lms
(``gems/plugins/qti_exporter``) behind instructure/QTIMigrationTool; *New Quizzes* reads with instructure/qti 2.27.0.
"""

from __future__ import annotations

from typing import Final

MANIFEST_FILE: Final = "imsmanifest.xml"
"""Canvas chooses its importer by a file of this name at the root of the archive."""
META_FILE: Final = "assessment_meta.xml"
MEDIA_FOLDER: Final = "media"

MANIFEST_NAMESPACE: Final = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
QUIZ_NAMESPACE: Final = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
META_NAMESPACE: Final = "http://canvas.instructure.com/xsd/cccv1p0"

QUIZ_RESOURCE: Final = "imsqti_xmlv1p2"
META_RESOURCE: Final = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
FILE_RESOURCE: Final = "webcontent"

CHOICE: Final = "multiple_choice_question"
SEVERAL: Final = "multiple_answers_question"
TRUE_FALSE: Final = "true_false_question"
SHORT_ANSWER: Final = "short_answer_question"
NUMERICAL: Final = "numerical_question"
MATCHING: Final = "matching_question"
ORDERING: Final = "ordering_question"
BLANKS: Final = "fill_in_multiple_blanks_question"
DROPDOWNS: Final = "multiple_dropdowns_question"
ESSAY: Final = "essay_question"
TEXT_ONLY: Final = "text_only_question"
"""Values of the metadata field ``question_type``."""

RESPONSE: Final = "response1"
RESPONSE_PREFIX: Final = "response_"

GENERAL_FEEDBACK: Final = "general_fb"
RIGHT_FEEDBACK: Final = "correct_fb"
WRONG_FEEDBACK: Final = "general_incorrect_fb"
OPTION_FEEDBACK_SUFFIX: Final = "_fb"
"""Idents of ``itemfeedback``. Words such as *correct* or *general_* in another ident make classic take it for one of
these, so that the idents of options are digits only."""

PARENT_STIMULUS: Final = "parent_stimulus_item_ident"
SCORING_ALGORITHM: Final = "scoring_algorithm"
GRADING_NOTES: Final = "grading_notes"
"""Further metadata fields, read by New Quizzes and passed over by classic."""

TITLE_LIMIT: Final = 255


def blank_prefix(text: str) -> str:
    """A prefix such that a prefix and a number in brackets, ``[b1]``, occurs nowhere in a text.

    Both readers take a blank's name in brackets for the blank wherever it stands, also where the author wrote it.
    """
    prefix = "b"
    while f"[{prefix}" in text:
        prefix += "b"
    return prefix
