"""Folders for what is personal: refused where git would take it up.

Git itself is asked, since its rules for what is ignored lie in several files and in its configuration; see
docs/decisions/0031-personal-data.md.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from quizforge.errors import EnvironmentFault, UsageError

TIMEOUT = 60
"""Seconds for git to answer."""

_HINT = "add 'private/' to .gitignore, as 'quizforge init' does, or name a folder outside of the repository"


def check_private(folder: Path) -> None:
    """See that nothing in a folder is, or would be, tracked by git.

    Args:
        folder: It need not exist yet.

    Raises:
        UsageError: It lies in a git repository that does not ignore it, or that tracks a file in it.
        EnvironmentFault: It lies in a git repository, and git is not there to ask or cannot answer.
    """
    if _repository(folder) is None:
        return
    # The folder itself has to be: what a rule such as *.html leaves out of it would be taken up. The stroke at the end
    # says that it is one, also while it does not exist.
    if _git(folder, "check-ignore", "--quiet", "--no-index", "--", f"{_real(folder)}/").returncode:
        raise UsageError(f"'{folder}' is not ignored by git, and personal data may not be written there", hint=_HINT)
    if _git(folder, "ls-files", "--", str(_real(folder))).stdout:
        message = f"git tracks files in '{folder}', and personal data may not be written there"
        raise UsageError(message, hint="take them out with 'git rm --cached', or name another folder")


def is_ignored(path: Path) -> bool:
    """Whether git leaves a file alone: it lies in no repository, or is ignored by the one it lies in.

    Raises:
        EnvironmentFault: Git is not there to ask, or cannot answer.
    """
    if _repository(path.parent) is None:
        return True
    return _git(path.parent, "check-ignore", "--quiet", "--", str(_real(path))).returncode == 0


def _repository(folder: Path) -> Path | None:
    """The folder of the repository that a folder really lies in, links followed."""
    real = _real(folder)
    return next((parent for parent in (real, *real.parents) if (parent / ".git").exists()), None)


def _real(path: Path) -> Path:
    """Where a path leads, all links followed."""
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:  # RuntimeError: before Python 3.13, for links in a circle
        raise EnvironmentFault(f"'{path}' cannot be followed to its end: {error}") from error


def _git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if program is None:
        message = f"'{folder}' lies in a git repository, and without git it cannot be told whether it is ignored"
        raise EnvironmentFault(message, hint="install git, or name a folder outside of the repository")
    real = _real(folder)
    existing = next(parent for parent in (real, *real.parents) if parent.is_dir())
    # Neither another repository named by the environment, nor a program named by this one's configuration.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603  # git, with arguments of our own
            [program, "-c", "core.fsmonitor=false", *words],
            cwd=existing,
            env={**environment, "LC_ALL": "C"},
            check=False,
            capture_output=True,
            timeout=TIMEOUT,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        message = f"git cannot tell whether '{folder}' is ignored: it does not start, or does not end"
        raise EnvironmentFault(message, hint="name a folder outside of the repository") from error
    if done.returncode not in {0, 1}:
        said = done.stderr.decode("utf-8", errors="replace").strip().splitlines()
        message = f"git cannot tell whether '{folder}' is ignored: {said[0] if said else 'it does not say why'}"
        raise EnvironmentFault(message, hint="name a folder outside of the repository")
    return done
