"""Names of companies, compared as people would."""

from __future__ import annotations

import re

# Forms of company that Danish law knows, written as they are in names; full stops, slashes and spaces are gone.
COMPANY_FORMS = frozenset(
    {"aps", "as", "is", "ks", "ps", "ivs", "amba", "fmba", "smba", "si", "sov", "enkeltmandsvirksomhed"}
)


def bare_name(name: str) -> str:
    """Return the name without its form of company, capitals and signs: “Nordlys Job A/S” is “nordlys job”.

    Empty when nothing else is left: two names without a word of their own are not alike.
    """
    words = [re.sub(r"[\W_]", "", word) for word in re.split(r"[\s,()]+", name.casefold())]
    return " ".join(word for word in words if word and word not in COMPANY_FORMS)
