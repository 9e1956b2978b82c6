"""Collecting, checking and compiling translations without gettext."""

import ast
import gettext
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from epeken.core import registry
from epeken.core.i18n import catalogue

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy as __, ngettext, pgettext
LATER = __("Nanti")
def words(n, name):
    _("Halo"), _("Satu " "dua"), _(name)
    return ngettext("%(n)s barang", "%(n)s barang-barang", n), pgettext("bulan", "Mei")
"""
# Indonesian has one word where English has two: each place says which is meant.
TWO_MEANINGS: dict[str, set[str | None]] = {
    "Batal": {"tombol", "pesanan"},
    "Batas": {"waktu", "omzet"},
    "Berkas": {"satu", "daftar"},
    "Diterima": {"barang", "pengaduan"},
    "Halaman": {"satu", "banyaknya"},
    "Jam buka": {"jadwal", "pukul"},
    "Jumlah": {"barang", "uang"},
    "Keterangan": {"barang", "anggaran", "keputusan", "uang kembali"},
    "Masuk": {"akun", "stok"},
    "Menunggu": {"keadaan", "siapa"},
    "Persetujuan": {"data pribadi", "dinas"},
    "Pesanan": {"satu", "daftar"},
    "Rekening": {"anggaran", "bank"},
    "Sesuai": {"barang yang tiba", "hasil pemeriksaan", "pemeriksaan wilayah"},
    "Toko": {"satu", "daftar"},
    "Tutup": {"tombol", "toko"},
}
TEMPLATE = """{% load i18n %}<h1 title="{% translate 'Harga (Rp)' %}">{% translate "Beranda" as home %}{{ home }}</h1>
{% blocktranslate trimmed with name=shop.name %}
    Toko {{ name }}
    dekat Anda
{% endblocktranslate %}
{% blocktranslate count n=total %}{{ n }} toko{% plural %}{{ n }} toko-toko{% endblocktranslate %}
{% firstof shop.name _("Toko tanpa nama") %}"""


@pytest.fixture
def product(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small product of our shape, whose catalogues are complete."""
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    for folder in [*registry.source_folders(), "templates"]:
        (tmp_path / folder).mkdir()
    (tmp_path / "umkm" / "words.py").write_text(PYTHON)
    (tmp_path / "umkm" / "limits.csv").write_text("code,name\nanswer,Batas jawaban\n")
    monkeypatch.setattr(registry, "translated_columns", lambda: [("umkm/limits.csv", "name")])
    (tmp_path / "templates" / "home.html").write_text(TEMPLATE)
    call_command("collect_locale", stdout=StringIO())
    for language in catalogue.TRANSLATED:
        entries = catalogue.load(language)
        for entry in entries:
            if entry.msgid_plural:
                words = [f"one {entry.msgid}", f"many {entry.msgid}"]
                entry.msgstr_plural = {number: words[number] for number in entry.msgstr_plural}
            else:
                entry.msgstr = f"{language} {entry.msgid}"
        entries.save(str(catalogue.path_of(language)))
    return tmp_path


def check() -> str:
    with pytest.raises(CommandError) as refused:
        call_command("compile_locale", "--check")
    return str(refused.value)


def test_every_marked_string_is_found(product: Path) -> None:
    assert set(catalogue.sources()) == {
        (None, "Nanti"), (None, "Halo"), (None, "Satu dua"), (None, "%(n)s barang"), ("bulan", "Mei"),
        (None, "Harga (Rp)"), (None, "Toko tanpa nama"), (None, "Beranda"),
        (None, "Toko %(name)s dekat Anda"), (None, "%(n)s toko"), (None, "Batas jawaban"),
    }  # fmt: skip


def test_a_compiled_catalogue_speaks(product: Path) -> None:
    call_command("compile_locale", stdout=StringIO())
    with catalogue.path_of("en").with_suffix(".mo").open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("Halo") == "en Halo"
    assert english.ngettext("%(n)s barang", "", 2) == "many %(n)s barang"
    assert english.pgettext("bulan", "Mei") == "en Mei"


def test_a_complete_catalogue_passes(product: Path) -> None:
    call_command("compile_locale", "--check", stdout=StringIO())
    assert not catalogue.path_of("en").with_suffix(".mo").exists()


def test_a_new_string_fails_the_check_and_collecting_keeps_translations(product: Path) -> None:
    (product / "orders" / "more.py").write_text("from django.utils.translation import gettext as _\n_('Baru')\n")
    assert "orders/more.py: not in the catalogue: 'Baru'" in check()

    call_command("collect_locale", stdout=StringIO())

    assert "not translated: 'Baru'" in check()
    assert catalogue.load("en").find("Halo").msgstr == "en Halo"


def test_a_string_that_is_gone_fails_the_check(product: Path) -> None:
    (product / "templates" / "home.html").write_text("")
    assert "no longer in the source: 'Beranda'" in check()
    call_command("collect_locale", stdout=StringIO())
    call_command("compile_locale", "--check", stdout=StringIO())


def test_a_fuzzy_string_fails_the_check(product: Path) -> None:
    entries = catalogue.load("en")
    entries.find("Halo").flags.append("fuzzy")
    entries.save(str(catalogue.path_of("en")))
    assert "fuzzy: 'Halo'" in check()


def test_a_lost_placeholder_fails_the_check(product: Path) -> None:
    entries = catalogue.load("en")
    entries.find("Toko %(name)s dekat Anda").msgstr = "Shop %(nama)s near you"
    entries.save(str(catalogue.path_of("en")))
    assert "other placeholders than the source, %(nama)s, %(name)s" in check()


def test_every_name_by_which_words_are_marked_is_collected() -> None:
    """Imported under another name, what it marks would never be translated."""
    found = set()
    for app in ("epeken", "umkm", "procurement", "orders"):
        for path in Path(app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                    names = {one.asname or one.name for one in node.names if "gettext" in one.name}
                    found |= {(str(path), name) for name in names - set(catalogue.MARKS)}
    assert found == set()


def test_a_word_with_two_meanings_never_stands_without_its_context() -> None:
    meanings: dict[str, set[str | None]] = {}
    for context, text in catalogue.sources():
        meanings.setdefault(text, set()).add(context)
    assert {word: meanings[word] for word in TWO_MEANINGS} == TWO_MEANINGS
    assert [text for text, contexts in meanings.items() if None in contexts and len(contexts) > 1] == []


def test_each_meaning_has_its_own_english() -> None:
    english = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in catalogue.load("en")}
    for word, contexts in TWO_MEANINGS.items():
        assert len({english[context, word] for context in contexts}) == len(contexts), word


def test_libraries_words_are_collected_only_where_no_library_translates_them() -> None:
    collected = {text for context, text in catalogue.sources("id")}
    assert {"Search apps and models...", "Confirm import", "Locked Out"} <= collected
    # Django has these in Indonesian; the last stands in a part of the theme that is not installed.
    assert not {"Delete", "Save and continue editing", "Unordered list"} & collected


def test_mail_is_surel_wherever_an_account_is_spoken_of() -> None:
    asked = [
        text
        for (context, text), found in catalogue.library_strings(catalogue.ACCOUNTS).items()
        if context is None and any(name.endswith(".py") for name in found.files)
    ]
    assert len(asked) > 50
    with translation.override("id"):
        assert [text for text in asked if re.search(r"(?<!{)\be-?mail", translation.gettext(text), re.I)] == []


def test_words_are_asked_for_under_names_that_are_collected() -> None:
    """`gettext as _now` would stay Indonesian in every language: nobody collects what it asks for."""
    odd = re.compile(r"\b(?:n|p|np)?gettext(?:_lazy)? as (?!_\b|__\b|gettext\b)\w+")
    root = Path(settings.BASE_DIR)
    files = [path for app in ("epeken", "umkm", "procurement", "orders") for path in (root / app).rglob("*.py")]
    assert [f"{path}: {found.group()}" for path in files if (found := odd.search(path.read_text("utf-8")))] == []


def test_a_button_named_elsewhere_has_its_own_words() -> None:
    """“Ajukan keluhan” in a sentence is looked for on the page, in the words the page shows."""
    entries = catalogue.polib.pofile(str(settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    said: dict[str, set[str]] = {}
    for entry in entries:
        if entry.msgstr:
            said.setdefault(entry.msgid, set()).add(entry.msgstr)
    assert [
        (name, sorted(said[name]), entry.msgstr)
        for entry in entries
        for name in re.findall("“([^”]+)”", entry.msgid)
        if name in said and entry.msgstr and not any(f"“{words}”" in entry.msgstr for words in said[name])
    ] == []
