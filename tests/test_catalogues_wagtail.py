"""Every string of Wagtail and of the packages under it has its Danish in `locale_wagtail`."""

from __future__ import annotations

import importlib.util
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings as project_settings
from django.test import RequestFactory
from django.utils import translation
from django.views.i18n import JSONCatalog

DOMAINS = ("django", "djangojs")
OURS = Path(project_settings.BASE_DIR) / "locale_wagtail" / "da" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]|%[sdrf%]|\{[\w.]*\}")
TAG = re.compile(r"<[^>]+>")
# Dates in headers and line numbers may be written in ways that Babel refuses; neither is needed here.
UNREAD = re.compile(rb'(?m)^#:.*\n|^"(?:PO-Revision|POT-Creation)-Date.*\n')
PYTHON = [("**.py", "python")]
KEYWORDS = {"_": None, "gettext_lazy": None, "pgettext_lazy": ((1, "c"), 2)}

Key = tuple[str | None, str]


def read(path: Path) -> Catalog:
    return read_po(io.BytesIO(UNREAD.sub(b"", path.read_bytes())), locale="da")


def forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [])


def key(message: Message) -> Key:
    return message.context, forms(message.id)[0]


def messages(catalogue: Catalog) -> dict[Key, Message]:
    return {key(message): message for message in catalogue if message.id}


def is_translated(message: Message) -> bool:
    texts = forms(message.string)
    return bool(texts) and all(texts) and not message.fuzzy


def installed(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def catalogues(package: str, language: str, domain: str) -> list[Catalog]:
    found = installed(package).rglob(f"locale/{language}/LC_MESSAGES/{domain}.po")
    return [read(path) for path in sorted(found)]


def shipped(package: str, domain: str) -> dict[Key, Message]:
    """Sources of the package's English catalogues, or of all its languages when it ships no English one."""
    english = catalogues(package, "en", domain)
    merged: dict[Key, Message] = {}
    for catalogue in english or catalogues(package, "*", domain):
        merged.update(messages(catalogue))
    return merged


def own_danish(package: str, domain: str) -> set[Key]:
    return {k for c in catalogues(package, "da", domain) for k, m in messages(c).items() if is_translated(m)}


def in_python(package: str) -> Iterator[Key]:
    for _file, _line, text, _comments, context in extract_from_dir(installed(package), PYTHON, keywords=KEYWORDS):
        yield context, forms(text)[0]


@pytest.fixture(scope="module")
def ours() -> dict[str, dict[Key, Message]]:
    return {domain: messages(read(OURS / f"{domain}.po")) for domain in DOMAINS}


@pytest.mark.parametrize(
    ("package", "domain", "at_least"),
    [
        ("wagtail", "django", 1700),
        ("wagtail", "djangojs", 80),
        ("simple_history", "django", 25),
        ("treebeard", "django", 15),
    ],
)
def test_every_string_of_the_package_has_our_danish(ours, package, domain, at_least):
    sources = shipped(package, domain)
    assert len(sources) >= at_least
    missing = [k for k in sources if k not in ours[domain] or not is_translated(ours[domain][k])]
    assert missing == []


@pytest.mark.parametrize("package", ["taggit", "django_filters"])
def test_gaps_in_the_packages_own_danish_are_filled(ours, package):
    covered = own_danish(package, "django") | {k for k, m in ours["django"].items() if is_translated(m)}
    assert own_danish(package, "django")
    assert sorted(set(shipped(package, "django")) - covered, key=str) == []


@pytest.mark.parametrize("package", ["modelsearch", "django_tasks"])
def test_packages_without_catalogues_have_our_danish(ours, package):
    sources = set(in_python(package))
    assert sources
    assert sorted(sources - set(ours["django"]), key=str) == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_plural_sources_have_two_danish_forms(ours, domain):
    sources = shipped("wagtail", domain)
    wrong = [k for k, m in sources.items() if len(forms(ours[domain][k].string)) != len(forms(m.id))]
    assert wrong == []
    assert any(len(forms(m.id)) == 2 for m in sources.values())


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("pattern", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_danish_keeps_placeholders_and_tags(ours, domain, pattern):
    wrong = []
    for message in ours[domain].values():
        for source, danish in zip(forms(message.id), forms(message.string), strict=True):
            if sorted(pattern.findall(source)) != sorted(pattern.findall(danish)):
                wrong.append((source, danish))
    assert wrong == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_catalogue_is_whole(ours, domain):
    assert [k for k, m in ours[domain].items() if not is_translated(m)] == []
    text = (OURS / f"{domain}.po").read_text(encoding="utf-8")
    assert "Plural-Forms: nplurals=2; plural=(n != 1);" in text
    assert text.count("\nmsgid ") == len(ours[domain]) + 1


@pytest.mark.parametrize("domain", DOMAINS)
def test_danish_keeps_spaces_at_the_ends(ours, domain):
    wrong = []
    for message in ours[domain].values():
        for source, danish in zip(forms(message.id), forms(message.string), strict=True):
            if re.findall(r"^\s*|\s*$", source) != re.findall(r"^\s*|\s*$", danish):
                wrong.append((source, danish))
    assert wrong == []


@pytest.fixture
def compiled(tmp_path, settings):
    """Make Django read our catalogues as the build compiles them."""
    folder = tmp_path / "da" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for domain in DOMAINS:
        with (folder / f"{domain}.mo").open("wb") as target:
            write_mo(target, read(OURS / f"{domain}.po"))
    settings.LOCALE_PATHS = [tmp_path]


def test_our_danish_wins_over_the_packages_own(compiled):
    with translation.override("da"):
        assert translation.gettext("Publish") == "Publicér"
        assert translation.gettext("tags") == "nøgleord"
        assert translation.ngettext("%(count)s document", "%(count)s documents", 2) == "%(count)s dokumenter"


def test_our_danish_reaches_javascript(compiled, ours):
    with translation.override("da"):
        response = JSONCatalog.as_view(packages=["wagtail.admin"])(RequestFactory().get("/"))
    served = json.loads(response.content)["catalog"]
    expected = {k[1]: m.string for k, m in ours["djangojs"].items() if isinstance(m.string, str)}
    assert {source: served.get(source) for source in expected} == expected
