"""Options, markers and surroundings that all tests share."""

from __future__ import annotations

import os
import time
from pathlib import Path

import hypothesis
import pytest

from tests.tools import external

IN_CI = bool(os.environ.get("CI"))

# What a machine may set and a test must not see: one zone, one language, one width, no colours, no fixed clock.
_SURROUNDINGS = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "COLUMNS": "80"}
_UNWANTED = ("LANGUAGE", "FORCE_COLOR", "CLICOLOR_FORCE", "NO_COLOR", "SOURCE_DATE_EPOCH")

hypothesis.settings.register_profile("dev", deadline=None, max_examples=50)
hypothesis.settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],  # a loaded machine is no fault of the code
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "dev"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-goldens`` and ``--schema-dir``."""
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write the expected outputs of tests/golden anew; look at the difference before you commit it",
    )
    parser.addoption(
        "--schema-dir",
        type=Path,
        help="a folder with the XML Schemas of specifications, which may not be passed on; without it their tests skip",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to bless outputs in CI, and make the surroundings the same on every machine."""
    if IN_CI and config.getoption("--update-goldens"):
        message = "--update-goldens is refused where CI is set: goldens are looked at by a person"
        raise pytest.UsageError(message)
    os.environ.update(_SURROUNDINGS)
    for name in _UNWANTED:
        os.environ.pop(name, None)
    time.tzset()


@pytest.fixture(scope="session")
def update_goldens(pytestconfig: pytest.Config) -> bool:
    """True where expected outputs are to be written instead of compared."""
    return bool(pytestconfig.getoption("--update-goldens"))


@pytest.fixture(scope="session")
def schema_dir(pytestconfig: pytest.Config) -> Path:
    """The folder named by ``--schema-dir``; a test that needs it is skipped where there is none."""
    folder = pytestconfig.getoption("--schema-dir")
    if folder is None:
        pytest.skip("the specifications' schemas are not given (--schema-dir DIR)")
    if not folder.is_dir():
        pytest.fail(f"--schema-dir {folder} is no folder", pytrace=False)
    return Path(folder)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip an ``external`` test whose tools are absent; fail it where CI is set."""
    for marker in item.iter_markers("external"):
        unknown = [name for name in marker.args if name not in external.TOOLS]
        if unknown or not marker.args:
            pytest.fail(f"external() takes {', '.join(external.TOOLS)}; got {marker.args}", pytrace=False)
        absent = external.missing(marker.args)
        if absent and IN_CI:
            pytest.fail(f"{'; '.join(absent)}: in CI nothing may be absent", pytrace=False)
        if absent:
            pytest.skip("; ".join(absent))
