"""The text inside exported files, whatever their format, so that a test can look for words."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import sqlite3
import tarfile
import tempfile
import zipfile
from pathlib import Path

from quizforge.exporters.base import ExportFile

_LATEX_ESCAPE = re.compile(r"\\([ _%#&{}$])")


def text_of(file: ExportFile) -> str:
    """All text of a file: markup, attributes, comments and names included, entities resolved."""
    return html.unescape(_raw(file.name, file.data))


def _raw(name: str, data: bytes) -> str:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(f"{member}\n{_raw(member, archive.read(member))}" for member in archive.namelist())
    if data.startswith(b"\x1f\x8b"):
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            members = {entry.name: archive.extractfile(entry) for entry in archive.getmembers()}
            return "\n".join(f"{name}\n{_raw(name, stream.read())}" for name, stream in members.items() if stream)
    if data.startswith(b"SQLite format 3\0"):
        return _rows(data)
    if b"\0" in data:
        return f"({len(data)} bytes, SHA-256 {hashlib.sha256(data).hexdigest()})"
    text = data.decode("utf-8", errors="replace")
    if name.endswith(".json"):
        return json.dumps(json.loads(text), ensure_ascii=False)
    return " ".join(_LATEX_ESCAPE.sub(r"\1", text).split()) if name.endswith(".tex") else text


def _rows(data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection"
        path.write_bytes(data)
        connection = sqlite3.connect(path)
        try:
            names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
            rows = [row for name in names for row in connection.execute(f"select * from {name}")]  # noqa: S608  # names of its own tables
        finally:
            connection.close()
    return "\n".join(
        str(cell).encode().decode("unicode_escape", errors="ignore") if _is_json(cell) else str(cell)
        for row in rows
        for cell in row
    )


def _is_json(cell: object) -> bool:
    return isinstance(cell, str) and cell.startswith(("{", "["))
