"""What is a way to reach a seller outside the market, and what only looks like one."""

import pytest

from tests.factories.places import CITY
from umkm.contacts import contacts_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hubungi 0812-3456-7890 ya", "0812-3456-7890"),
        ("0 8 1 2 3 4 5 6 7 8 9 0", "0 8 1 2 3 4 5 6 7 8 9 0"),
        ("O8I2-3456-7890", "0812-3456-7890"),
        ("\uff10\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff10", "081234567890"),
        ("62812 3456 7890", "62812 3456 7890"),
        ("812 3456 7890", "812 3456 7890"),
        ("0812_3456_7890", "0812-3456-7890"),
        ("0812\U0001f6423456\U0001f6427890", "0812-3456-7890"),
        ("Telp. (031) 5678901", "(031) 5678901"),
        ("nol delapan satu dua tiga empat lima enam tujuh delapan", "0 8 1 2 3 4 5 6 7 8"),
        ("0812 tiga empat lima 6789", "0812 3 4 5 6789"),
        ("Telp/WA:081234567890", "wa:081234567890"),
        ("sambal@contoh.com", "sambal@contoh.com"),
        ("sambal (at) contoh.com", "sambal (at) contoh.com"),
        ("Pesan di https://contoh.test/a?b=1", "https://contoh.test/a?b=1"),
        ("tokopedia.com/lirih", "tokopedia.com/lirih"),
        ("wa.me/6281234567890", "wa.me/6281234567890"),
        ("lihat @sambal_lirih", "@sambal_lirih"),
        ("IG: sambalbulirih", "ig: sambalbulirih"),
    ],
)
def test_a_contact_is_found(text: str, found: str) -> None:
    assert contacts_in(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Nasi kotak ayam bakar, isi 12 x 500 gram.",
        "Ukuran 85 90 95 100 105",
        "isi 10 20 30 40 50 60",
        "2,5 liter, 1,25 liter, 500 ml",
        "Rp 899.000.000 untuk 1.000 orang, atau Rp 85.000 - 90.000",
        "Buka 08.00-17.00, Sabtu 08.00-12.30",
        "Resep sejak 1998, pameran 2025 2026 2027",
        "NIB 0220001234567",
        "NIB lama 8120001234567",
        f"P-IRT 206{CITY.digits}010123-27, ID35110000123456789",
        "10 ribu @kemasan, @pcs, @5.000",
        "Enak dan murah.Cocok untuk rapat",
        "Satu dua tiga empat lima enam tujuh delapan",
        "Lihat http://localhost:8000/toko/lain/",
    ],
)
def test_what_only_looks_like_a_contact_is_none(text: str) -> None:
    assert contacts_in(text) == []


def test_each_contact_is_told_once() -> None:
    assert contacts_in("081234567890 atau 081234567890, contoh.com") == ["contoh.com", "081234567890"]
