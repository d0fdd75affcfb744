"""XML Schemas from a folder of the user's own, with every import found in that folder: no network, no entities.

The specifications' schemas may not be passed on changed, and the copies that projects keep are, so none is committed;
``pytest --schema-dir DIR`` names a folder with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from lxml import etree

_XSD = "{http://www.w3.org/2001/XMLSchema}"
_LINKS = frozenset({f"{_XSD}import", f"{_XSD}include", f"{_XSD}redefine"})


def parser() -> Any:
    """A parser that opens nothing but what it is given."""
    return etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False, huge_tree=False)


class MissingSchemaError(Exception):
    """A schema that another one asks for is not in the folder."""


@dataclass(frozen=True, slots=True)
class _Source:
    path: Path
    root: Any
    namespace: str | None


class SchemaFolder:
    """The schemas in a folder and below.

    Args:
        folder: Of the user.
        workshop: An empty folder for copies whose imports point at each other.
    """

    def __init__(self, folder: Path, workshop: Path) -> None:
        self._workshop = workshop
        self._sources = [self._read(path) for path in sorted(folder.resolve().rglob("*.xsd")) if path.is_file()]
        self._copies: dict[Path, str] = {}

    @staticmethod
    def _read(path: Path) -> _Source:
        root = etree.fromstring(path.read_bytes(), parser())
        return _Source(path, root, root.get("targetNamespace"))

    def schema(self, namespace: str, *names: str) -> Any:
        """The schema of a namespace.

        Args:
            namespace: That documents are in.
            names: File names, the one to be preferred first; any file of the namespace will do.

        Raises:
            MissingSchemaError: It, or one that it needs, is not there.
        """
        found = [source for source in self._sources if source.namespace == namespace]
        if not found:
            raise MissingSchemaError(f"no schema of {namespace} in the folder")
        ranked = sorted(found, key=lambda source: (_rank(source.path.name, names), len(source.path.parts)))
        start = self._workshop / self._copy(ranked[0])
        return etree.XMLSchema(etree.parse(str(start), parser()))

    def _copy(self, source: _Source) -> str:
        known = self._copies.get(source.path)
        if known is not None:
            return known
        name = self._copies[source.path] = f"{len(self._copies)}-{source.path.name}"
        for link in source.root:
            if link.tag in _LINKS and link.get("schemaLocation"):
                link.set("schemaLocation", self._copy(self._target(source, link)))
        (self._workshop / name).write_bytes(etree.tostring(source.root))
        return name

    def _target(self, source: _Source, link: Any) -> _Source:
        """The file that a link means: by its name, of the namespace that is asked for, the nearest first."""
        location = link.get("schemaLocation")
        name = PurePosixPath(location).name
        wanted = link.get("namespace") if link.tag == f"{_XSD}import" else source.namespace
        near = (source.path.parent / location).resolve() if "://" not in location else None
        found = [
            each
            for each in self._sources
            if each.namespace == wanted and (each.path.name == name or link.tag == f"{_XSD}import")
        ]
        if not found:
            raise MissingSchemaError(f"{source.path.name} asks for {name} ({wanted}), which is not in the folder")
        return min(found, key=lambda each: (each.path != near, each.path.name != name, str(each.path)))


def _rank(name: str, names: tuple[str, ...]) -> int:
    return names.index(name) if name in names else len(names)
