"""The registry of what people are told of. The rooms above fill it in `AppConfig.ready()`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Kind:
    """One kind of notice; a person may switch its mails off unless the municipality says otherwise."""

    code: str
    label: StrOrPromise
    can_be_switched_off: bool = True


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Register a kind and return it; raises ValueError when its code means something else already."""
    if _kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"notices of kind {kind.code!r} are registered already: {_kinds[kind.code]!r}")
    return kind


def kind_of(code: str) -> Kind:
    """Return the kind with a code; raises LookupError for one that nobody registered."""
    try:
        return _kinds[code]
    except KeyError:
        raise LookupError(f"no kind of notice {code!r}; known: {sorted(_kinds)}") from None


def kind_or_bare(code: str) -> Kind:
    """Return the kind with a code; one without a name when the room that made its notices is gone."""
    return _kinds.get(code) or Kind(code, code)


def all_kinds() -> tuple[Kind, ...]:
    """Return every kind in the order of their labels."""
    return tuple(sorted(_kinds.values(), key=lambda kind: str(kind.label)))
