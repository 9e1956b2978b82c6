"""Amounts in Indonesian words."""

_ONES = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
_SCALES = [(10**15, "kuadriliun"), (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta")]


def in_words(number: int) -> str:
    """`1999` → `seribu sembilan ratus sembilan puluh sembilan`. Correct to quadrillions; ValueError above."""
    if number < 0:
        return "minus " + in_words(-number)
    if number == 0:
        return "nol"
    if number >= 10**18:
        raise ValueError("Too large to spell out.")
    return " ".join(_spell(number))


def _spell(number: int) -> list[str]:
    if number == 0:
        return []
    if number < 12:
        return [_ONES[number]]
    if number < 20:
        return [_ONES[number - 10], "belas"]
    if number < 100:
        return [_ONES[number // 10], "puluh", *_spell(number % 10)]
    if number < 200:
        return ["seratus", *_spell(number - 100)]
    if number < 1000:
        return [_ONES[number // 100], "ratus", *_spell(number % 100)]
    if number < 2000:
        return ["seribu", *_spell(number - 1000)]
    if number < 10**6:
        return [*_spell(number // 1000), "ribu", *_spell(number % 1000)]
    for scale, name in _SCALES:
        if number >= scale:
            return [*_spell(number // scale), name, *_spell(number % scale)]
    raise AssertionError("unreachable")


def rupiah(amount: int) -> str:
    """`Rp1.250.000`, `−Rp5.000`. Raises TypeError for anything but int."""
    from epeken.core.money import check_rupiah

    check_rupiah(amount)
    text = f"Rp{abs(amount):,}".replace(",", ".")
    return f"−{text}" if amount < 0 else text
