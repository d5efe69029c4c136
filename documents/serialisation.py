"""The document tree as JSON, for snapshots and for telling whether two documents are the same.

Fields that hold their default are left out, so a field added to the tree later changes neither stored data nor digests.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from documents import drawings, tree
from documents.tree import Document

_NODES: dict[Any, Any] = {name: each for name, each in {**vars(drawings), **vars(tree)}.items() if is_dataclass(each)}
_PLAIN = (str, int, float, bool, type(None))


class UnknownNodeError(ValueError):
    """Data does not describe a node of the document tree."""


def to_data(node: Any) -> dict[str, Any]:
    """Return a node and all below it as JSON-safe data; each node is a mapping with its class name as "type"."""
    held = {each.name: getattr(node, each.name) for each in fields(node)}
    kept = {each.name: _encoded(held[each.name]) for each in fields(node) if not _is_default(each, held[each.name])}
    return {"type": type(node).__name__, **kept}


def from_data(data: dict[str, Any]) -> Any:
    """Return the node that `to_data` described. Raises UnknownNodeError for an unknown type, field or value."""
    return _decoded(data)


def digest(document: Document) -> str:
    """Return the SHA-256 of the document's canonical JSON, as 64 hexadecimal digits."""
    canonical = json.dumps(
        to_data(document), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _is_default(each: Field[Any], value: Any) -> bool:
    return each.default is not MISSING and type(value) is type(each.default) and value == each.default


def _encoded(value: Any) -> Any:
    match value:
        case tuple():
            return [_encoded(each) for each in value]
        case dt.date():
            return {"type": "date", "day": value.isoformat()}
        case str() | int() | float() | None:
            return value
    if type(value) in _NODES.values():
        return to_data(value)
    raise UnknownNodeError(f"{value!r} is not a node, a text, a number or a day")


def _decoded(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_decoded(each) for each in data)
    if isinstance(data, _PLAIN):
        return data
    return _decoded_node(data)


def _decoded_node(data: Any) -> Any:
    kind = data.get("type") if isinstance(data, dict) else None
    made: Any = dt.date.fromisoformat if kind == "date" else _NODES.get(kind)
    if made is None:
        raise UnknownNodeError(f"{data!r} has no type of the document tree")
    given = {name: _decoded(value) for name, value in data.items() if name != "type"}
    try:
        return made(given["day"]) if kind == "date" else made(**given)
    except (TypeError, ValueError, KeyError) as error:
        raise UnknownNodeError(f"a {kind} cannot be made of {given!r}: {error}") from error
