"""One reading of periods: no place beside `core.clock` compares a moment with an end or tells people the bare end."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.test_house import ROOT, sources

# Names of ends. `deliver_at` is one: the moment before which goods arrive.
END = re.compile(r"(due_at|deliver_at|expires_at|expire_date|held_until|valid_until|until)$")
LOOKUP = re.compile(r"(due_at|deliver_at|expires_at|expire_date|valid_until)__(lte?|gte?|range)$")
TELLING = {
    "long_date", "full_date", "short_date", "long_time", "full_time", "near_time", "day_words", "clock_words",
    "weekday", "month", "local_date", "tanggal", "tanggal_jam", "tanggal_pendek", "tanggal_tabel", "jam_tabel",
    "brief_date", "brief_time", "numeric_date",
}  # fmt: skip
CLOCK = "epeken/core/clock.py"
# Two ends beside each other, or days: no moment is read.
COMPARED = {
    "terms.deliver_at <= order.deliver_at",
    "request.deliver_at > request.event_at",
    "request.event_at >= deliver_at",
    "deliver_at <= request.event_at",
    "dispute.opened_at < order.deliver_at",
    "valid_until >= valid_from",
    "until < day",
    "until < since",
    "day > on.until",
    "until > day + LONGEST_HOLIDAY",
    "day <= seller.closed_until",
    "day > frame.valid_until",
    "frame.valid_until >= day",
    "frame.valid_until >= clock.local_date(now)",
    "valid_until >= day",
    "other.valid_until >= frame.valid_from - window",
    "quotation.closes_at < terms.deliver_at <= quotation.deliver_at",
    "quotation.deliver_at > quotation.closes_at",
    "deliver_at <= closes_at",
    "request.deliver_at > draw_from",
    "due > invoice.due_at",
    "request.held_until >= obstacles.hold_end(request.submitted_at)",
    "now < given.until <= last",
    "remedy.granted_at <= until",
    "valid_until >= today",
    "last_day < paper.valid_until",
    "terms.deliver_at < (first := earliest_meal(quotation))",
    "until < hold_end(now)",
    "row['valid_until'] >= day",
    "terms.date.moved_to <= terms.date.day.deliver_at",
    "comes_by <= order.deliver_at",
    "until >= hold_end(now)",
    "day <= until <= last",
}


def trees() -> Iterator[tuple[str, ast.AST]]:
    for path in sources():
        name = str(path.relative_to(ROOT))
        if name != CLOCK:
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def name_of(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return ""


def compared(tree: ast.AST) -> list[str]:
    """Comparisons of something with an end."""
    found = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        and any(isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for op in node.ops)
        and any(END.search(name_of(side)) for side in [node.left, *node.comparators])
    ]
    return [text for text in found if text not in COMPARED]


def looked_up(tree: ast.AST) -> list[str]:
    """Conditions of rows on an end; a constraint on two columns of a row is none."""
    return [
        f"{word.arg}={ast.unparse(word.value)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg and LOOKUP.search(word.arg) and "F(" not in ast.unparse(word.value)
    ]


def told(tree: ast.AST) -> list[str]:
    """Ends put into words as if they were moments."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and name_of(node.func) in TELLING
        and node.args
        and (END.search(name_of(node.args[0])) or name_of(node.args[0]) in ("end", "ends", "due"))
        and not name_of(node.args[0]).endswith(("valid_until", "closed_until"))  # days, the last one included
    ]


def test_the_readers_see_what_they_are_for() -> None:
    tree = ast.parse(
        "now > order.answer_due_at; rows.filter(due_at__lt=now); long_date(case.due_at); Q(due_at__gt=F('x'))\n"
        "clock.is_over(row.due_at, now); long_date(told_end(row.due_at)); row.due_at is None"
    )
    assert compared(tree) == ["now > order.answer_due_at"]
    assert looked_up(tree) == ["due_at__lt=now"]
    assert told(tree) == ["long_date(case.due_at)"]


def test_a_moment_is_compared_with_an_end_in_one_place() -> None:
    assert [f"{name}: {text}" for name, tree in trees() for text in compared(tree)] == []


def test_rows_are_asked_for_an_end_in_one_place() -> None:
    assert [f"{name}: {text}" for name, tree in trees() for text in looked_up(tree)] == []


def test_people_are_never_told_the_moment_after_an_end() -> None:
    assert [f"{name}: {text}" for name, tree in trees() for text in told(tree)] == []
    bare = re.compile(r"(due_at|deliver_at|expires_at|\bdue)\|(?!batas)")
    pages = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in Path(ROOT / "templates").rglob("*")
        if path.suffix in {".html", ".txt", ".typ"}
        for line in path.read_text(encoding="utf-8").splitlines()
        if bare.search(line)
    ]
    assert pages == []


def test_no_second_before_midnight_stands_for_the_end_of_a_day() -> None:
    last = re.compile(r"\b23, ?59\b|time\.max|hour=23")
    assert [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sources()
        for line in path.read_text(encoding="utf-8").splitlines()
        if last.search(line)
    ] == []
