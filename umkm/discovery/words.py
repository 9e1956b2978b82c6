"""How a text is split into words: one rule for what is looked for and for what the goods say.

A word is a run of the letters a to z or of digits; accents fall away, and an apostrophe inside a word ("Jum'at") joins.
`epeken_split` is the same rule in PostgreSQL, by which the goods are indexed.
"""

import re
import unicodedata

MOST_WORDS = 8

# PostgreSQL's `indonesian` configuration has no stop words: they are dropped here.
# fmt: off
STOP_WORDS = frozenset([
    "ada", "adalah", "agar", "akan", "atau", "bagi", "bisa", "buat", "cari", "dan", "dari", "dekat", "dengan",
    "di", "harga", "ingin", "ini", "itu", "jual", "juga", "kami", "ke", "kepada", "mau", "oleh", "pada", "para",
    "per", "saya", "sebagai", "seperti", "tanpa", "untuk", "yang",
])
# fmt: on

# What a number before it counts, in a text that asks for goods: `seragam 60 orang`, `220 kotak`.
COUNTED = frozenset([
    "botol", "buah", "bungkus", "gelas", "kg", "kotak", "lembar", "orang", "paket", "pcs", "peserta", "porsi", "set",
    "tamu",
])  # fmt: skip
# Words of an event that name no goods.
_OF_EVENTS = frozenset([
    "acara", "arisan", "besok", "dinas", "hajatan", "kantor", "kegiatan", "lusa", "orang", "panitia", "pegawai",
    "pelatihan", "peserta", "rapat", "sosialisasi", "staf", "tamu", "warga",
])  # fmt: skip
NO_GOODS = STOP_WORDS | _OF_EVENTS

_MARKS = re.compile("[\u0300-\u036f]")
_JOINS = re.compile(r"(?<=[a-z])['`\u2019\u02bc](?=[a-z])")
_WORD = re.compile(r"[a-z]+|[0-9]+")
_SMALL = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}


def split(text: str) -> list[str]:
    """Its words, as `epeken_split` joins them with spaces."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text)).translate(_SMALL)
    return _WORD.findall(_JOINS.sub("", plain))


def words_of(text: str) -> list[str]:
    """At most eight words without stop words; all of them when nothing else is left."""
    every = split(text)[:MOST_WORDS]
    return [word for word in every if word not in STOP_WORDS] or every


def goods_words(words: list[str]) -> list[str]:
    """Without how many, for whom and when: a number at the beginning, one with its unit, and words of events. All of
    them when nothing else is left."""
    told: list[str] = []
    amount = False
    for n, word in enumerate(words):
        counts = word.isdigit() and words[n + 1 : n + 2] and words[n + 1] in COUNTED
        is_unit, amount = amount and word in COUNTED, bool(counts)
        if not (counts or is_unit or word in _OF_EVENTS or (word.isdigit() and n == 0)):
            told.append(word)
    return told or words


def spoken(text: str) -> list[str]:
    """Words that may be suggested to who mistyped one."""
    return [word for word in split(text) if word.isalpha() and 3 <= len(word) <= 40]
