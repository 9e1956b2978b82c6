import pytest

from epeken.core.i18n.words import in_words, rupiah


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (101, "seratus satu"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (1_999, "seribu sembilan ratus sembilan puluh sembilan"),
        (2_000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_100_000, "satu juta seratus ribu"),
        (15_015_015, "lima belas juta lima belas ribu lima belas"),
        (1_000_000_000, "satu miliar"),
        (1_001_001_001, "satu miliar satu juta seribu satu"),
        (2_500_000_000_000, "dua triliun lima ratus miliar"),
        (
            999_999_999_999_999,
            "sembilan ratus sembilan puluh sembilan triliun sembilan ratus sembilan puluh sembilan miliar "
            "sembilan ratus sembilan puluh sembilan juta sembilan ratus sembilan puluh sembilan ribu "
            "sembilan ratus sembilan puluh sembilan",
        ),
        (10**15, "satu kuadriliun"),
        (-5, "minus lima"),
    ],
)
def test_in_words(number: int, words: str) -> None:
    assert in_words(number) == words


def test_every_number_below_ten_thousand_reads_back() -> None:
    """A reader written apart from the writer."""
    small = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9}

    def read(text: str) -> int:
        total = current = 0
        for word in text.split():
            if word == "nol":
                return 0
            if word in small:
                current += small[word]
            elif word == "sepuluh":
                current += 10
            elif word == "sebelas":
                current += 11
            elif word == "belas":
                current += 10
            elif word == "puluh":
                current = current // 10 * 10 + current % 10 * 10 if current < 10 else current + 9 * (current % 10)
            elif word == "seratus":
                current += 100
            elif word == "ratus":
                current *= 100
            elif word == "seribu":
                total, current = total + 1000, 0
            elif word == "ribu":
                total, current = total + current * 1000, 0
        return total + current

    for number in range(10_000):
        assert read(in_words(number)) == number, in_words(number)


def test_too_large_is_said() -> None:
    with pytest.raises(ValueError, match="Too large"):
        in_words(10**18)


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "Rp0"), (1_250_000, "Rp1.250.000"), (-5_000, "−Rp5.000"), (999, "Rp999")]
)
def test_rupiah(amount: int, text: str) -> None:
    assert rupiah(amount) == text


def test_rupiah_refuses_a_float() -> None:
    with pytest.raises(TypeError):
        rupiah(12.5)  # type: ignore[arg-type]
