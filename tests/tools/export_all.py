"""Export every sample in every format into a folder: ``python -m tests.tools.export_all FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from quizforge.api import Env, export
from quizforge.exporters import registry
from tests.tools import samples


def main(folder: Path) -> None:
    """Write the files of each format below its name."""
    for name in registry.BUILT_IN:
        for bank in samples.banks():
            home = folder / name / bank.id
            home.mkdir(parents=True)
            for file in export(bank, name, env=Env(now=1_700_000_000)).files:
                (home / file.name).write_bytes(file.data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
