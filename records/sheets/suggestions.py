"""Say what was probably meant by a code that nobody knows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from django.utils.translation import gettext as _

NEAR = 3
LISTED = 8


def near_codes(code: str, known: Iterable[str]) -> str:
    """Return the sentence that names the codes nearest to an unknown one, or the known ones when none is near."""
    codes = sorted(known)
    if not codes:
        return _("None has been registered yet. Add it to the register first.")
    close = difflib.get_close_matches(code, codes, n=NEAR, cutoff=0.6)
    close += [known for known in codes if known.casefold() == code.casefold() and known not in close]
    if close:
        return _("Did you mean %(codes)s? Otherwise add it to the register first.") % {"codes": ", ".join(close)}
    listed = ", ".join(codes[:LISTED]) + (" …" if len(codes) > LISTED else "")
    return _("Use one of %(codes)s, or add it to the register first.") % {"codes": listed}
