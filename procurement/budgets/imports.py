"""Budget files (DPA) as office programs write them, read into lines; what is wrong is told by row and column."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from epeken.core.files.tables import (
    TableColumn,
    TableProblem,
    TableRow,
    empty_cells,
    problems_of,
    read_table,
    repeated,
    too_long,
)
from epeken.core.web.forms import RupiahFormField
from procurement.agencies.models import Agency
from procurement.budgets.ceilings import WantedLine
from procurement.budgets.models import Account, BudgetLine

COLUMNS = [
    TableColumn("kode_opd", is_key=True),
    TableColumn("tahun", is_key=True),
    TableColumn("kode_sub_kegiatan", is_key=True),
    TableColumn("nama_sub_kegiatan"),
    TableColumn("kode_rekening", is_key=True),
    TableColumn("id_rup", is_key=True),
    TableColumn("pagu", is_amount=True),
]
YEARS = {str(year) for year in range(2000, 2101)}


@dataclass(frozen=True)
class BudgetFile:
    """`wanted` holds only rows without a problem. `skipped`: rows that are no budget line, by number."""

    wanted: list[WantedLine]
    problems: list[TableProblem]
    skipped: list[tuple[int, str]]


def read_budget(data: bytes) -> BudgetFile:
    """Raises RuleBroken when the file is no table or holds no line. Two queries."""
    table = read_table(data, COLUMNS)
    agencies = dict(Agency.objects.values_list("code", "pk"))
    accounts = set(Account.objects.values_list("code", flat=True))
    wanted: list[WantedLine] = []
    problems: list[TableProblem] = []
    for row in table.rows:
        line, found = _line(row, agencies, accounts)
        problems += found
        if line is not None:
            wanted.append(line)
    twice = _("Baris %(first)d dan %(second)d berisi mata anggaran yang sama. Sisakan satu.")
    problems += repeated(wanted, lambda line: line.key, column="", text=twice)
    if not table.rows:
        problems.append(TableProblem(0, "", _("Tidak ada satu baris pun di bawah judul kolom.")))
    return BudgetFile(wanted, sorted(problems, key=lambda problem: problem.row), table.skipped)


def _line(
    row: TableRow, agencies: Mapping[str, int], accounts: set[str]
) -> tuple[WantedLine | None, list[TableProblem]]:
    # A full stop at the end of a code is how some programs write it; no code of ours ends in one.
    cells = {name: text.rstrip(".") if name.startswith("kode_") else text for name, text in row.cells.items()}
    wrong = empty_cells(cells, row.wrong, COLUMNS)
    pagu = 0
    checks = {
        "kode_opd": lambda text: None if text in agencies else _("Tidak ada dinas dengan kode %(text)s."),
        "tahun": lambda text: None if text in YEARS else _("%(text)s bukan tahun anggaran."),
        "kode_rekening": lambda text: None if text in accounts else _("Tidak ada rekening dengan kode %(text)s."),
        "kode_sub_kegiatan": lambda text: too_long(BudgetLine, "activity_code", text),
        "nama_sub_kegiatan": lambda text: too_long(BudgetLine, "activity_name", text),
        "id_rup": lambda text: too_long(BudgetLine, "rup_id", text),
    }
    for name, check in checks.items():
        if name not in wrong and (said := check(cells[name])):
            wrong[name] = said % {"text": cells[name]}
    if "pagu" not in wrong:
        try:
            pagu = RupiahFormField().clean(cells["pagu"])
        except ValidationError as problem:
            wrong["pagu"] = f"{' '.join(problem.messages)} ({cells['pagu']})"
    if wrong:
        return None, problems_of(row, wrong, COLUMNS)
    return WantedLine(
        row=row.number,
        agency_id=agencies[cells["kode_opd"]],
        year=int(cells["tahun"]),
        activity_code=cells["kode_sub_kegiatan"],
        activity_name=cells["nama_sub_kegiatan"],
        account_id=cells["kode_rekening"],
        rup_id=cells["id_rup"],
        pagu=pagu,
    ), []
