"""QTI 2.1 and 3.0: the names in which they differ, and the idents and templates that writers and readers share.

Items are spelled in the names of 2.1; :class:`Version` says what each is called. Sources: IMS Question & Test
Interoperability 2.1 (Assessment Test, Section and Item Information Model; Content Packaging 1.1) and 1EdTech QTI 3.0
(Assessment, Section and Item Information Model; Best Practice and Implementation Guide).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

RESPONSE: Final = "RESPONSE"
"""The response variable of an item with one interaction; the standard templates ask for this name."""

SCORE: Final = "SCORE"
MAXIMUM: Final = "MAXSCORE"
FEEDBACK: Final = "FEEDBACK"
"""Outcome that names the modal feedback for the answer given."""

FEEDBACK_GENERAL: Final = "FEEDBACK_GENERAL"
FEEDBACK_RESULT: Final = "FEEDBACK_RESULT"

GENERAL: Final = "general_fb"
RIGHT: Final = "correct_fb"
PARTLY: Final = "partial_fb"
WRONG: Final = "general_incorrect_fb"
"""Identifiers of modal feedback; Canvas understands the first, second and fourth by these names."""

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"

_HUMP = re.compile(r"(?<=[a-z0-9])([A-Z])")
_DASH = re.compile(r"-([a-z])")


def kebab(name: str) -> str:
    """``simpleChoice`` as ``simple-choice``; what has a prefix, such as ``xml:lang``, stays as it is."""
    return name if ":" in name else _HUMP.sub(r"-\1", name).lower()


def camel(name: str) -> str:
    """The inverse of :func:`kebab`."""
    return _DASH.sub(lambda match: match[1].upper(), name)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of QTI.

    Attributes:
        number: ``2.1`` or ``3.0``.
        namespace: Of items and tests.
        location: Where their schema is published, for ``xsi:schemaLocation``.
        manifest: Namespace of the manifest.
        manifest_location: Where its schema is published.
        schema: Name of the package's schema in the manifest.
        schema_version: Its version.
        templates: URI before the name of a standard response processing template.
        item_type: Type of an item's resource in the manifest.
        test_type: Type of a test's resource.
        prefix: Before every element name of QTI's own; elements of HTML have none.
        content_body: Whether HTML inside feedback and rubric blocks has an element of its own around it.
    """

    number: str
    namespace: str
    location: str
    manifest: str
    manifest_location: str
    schema: str
    schema_version: str
    templates: str
    item_type: str
    test_type: str
    prefix: str
    content_body: bool

    def element(self, name: str) -> str:
        """What 2.1 calls ``simpleChoice``."""
        return f"{self.prefix}{kebab(name)}" if self.prefix else name

    def attribute(self, name: str) -> str:
        """What 2.1 calls ``responseIdentifier``."""
        return kebab(name) if self.prefix else name

    def template(self, name: str) -> str:
        """The URI of a standard template: ``match_correct`` or ``map_response``."""
        return self.templates + (f"{name}.xml" if self.prefix else name)


QTI_21: Final = Version(
    number="2.1",
    namespace="http://www.imsglobal.org/xsd/imsqti_v2p1",
    location="http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    manifest="http://www.imsglobal.org/xsd/imscp_v1p1",
    manifest_location="http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
    schema="QTIv2.1 Package",
    schema_version="1.0.0",
    templates="http://www.imsglobal.org/question/qti_v2p1/rptemplates/",
    item_type="imsqti_item_xmlv2p1",
    test_type="imsqti_test_xmlv2p1",
    prefix="",
    content_body=False,
)

QTI_30: Final = Version(
    number="3.0",
    namespace="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    location="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    manifest="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    manifest_location="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    schema="QTI Package",
    schema_version="3.0.0",
    templates="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/",
    item_type="imsqti_item_xmlv3p0",
    test_type="imsqti_test_xmlv3p0",
    prefix="qti-",
    content_body=True,
)
