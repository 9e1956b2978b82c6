"""How long the pages of a verifier take on 10,000 registrations, and whether 90 of them can be decided in a morning.

`python -m bench.cases [--cases 10000] [--waiting 600] [--decided 90]`. Writes to a database of its own, filled once.
The applications that are decided are made through the services, checked automatically, and judged through the pages as
an officer does: queue, case, take, each paper, the whole NIK, each finding, each requirement, approval. Exit status 1
when one of them could not be approved.
"""

import argparse
import itertools
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from statistics import median
from typing import Any

from bench import stage

FINDINGS_EACH = 20  # of the automatic checks of one registration
PART = 2_000  # registrations of a transaction


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--waiting", type=int, default=600)
    parser.add_argument("--decided", type=int, default=90)
    options = parser.parse_args()
    stage.setup(own_database=True)
    from epeken.core import clock
    from umkm.verification.models import VerificationCase
    from umkm.verification.states import CaseState

    now = clock.now()
    _fill(options.cases - VerificationCase.objects.count(), options.waiting, now)
    began = time.monotonic()
    cases = _applications(options.decided, now)
    made = time.monotonic() - began
    desk = _Desk()
    began = time.monotonic()
    for case in cases:
        desk.judge(case)
    took = time.monotonic() - began
    for search in ("Usaha", "Jahitan 4", "0812", "tidak ada"):
        desk.ask("search", f"{QUEUE}?q={search}&antrean=semua")
    left = VerificationCase.objects.filter(pk__in=[case.pk for case in cases]).exclude(state=CaseState.APPROVED)
    stage.report(
        "cases",
        {
            "cases": VerificationCase.objects.count(),
            "waiting": VerificationCase.objects.filter(state=CaseState.WAITING).count(),
            "registered_and_checked_ms": round(1000 * made / max(1, len(cases))),
            "decided": len(cases) - left.count(),
            "seconds": round(took, 1),
            "pages": desk.told(),
            "refused": desk.refused[:10],
        },
    )
    return 1 if left.exists() or desk.refused else 0


def _fill(cases: int, waiting: int, now: datetime) -> None:
    """Registrations of the past months, decided all but the last `waiting`, each with what its checks found."""
    if cases <= 0:
        return
    from django.db import connection, transaction

    from epeken.site.demo import bulk
    from umkm.findings import CheckResult
    from umkm.sellers.models import Seller, SellerEvent
    from umkm.sellers.states import SellerState
    from umkm.verification.models import CaseCheck, CaseEvent, VerificationCase
    from umkm.verification.states import CaseState

    newest = Seller.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    bulk.load(products=1, sellers=cases, seed=int(now.timestamp()) % 1_000_000, now=now, progress=lambda _said: None)
    shops = list(Seller.objects.filter(pk__gt=newest).order_by("pk").values_list("pk", flat=True))
    for part in (shops[start : start + PART] for start in range(0, len(shops), PART)):
        with transaction.atomic():
            rows = []
            for pk in part:
                is_open = pk > shops[-1] - waiting
                opened = now - timedelta(hours=3 if is_open else 24 * (2 + pk % 300), minutes=pk % 60)
                rows.append(
                    VerificationCase(
                        seller_id=pk, state=CaseState.WAITING if is_open else CaseState.APPROVED, opened_at=opened,
                        due_at=opened + timedelta(days=3), checked_at=opened,
                        decided_at=None if is_open else opened + timedelta(days=1),
                    )
                )  # fmt: skip
            VerificationCase.objects.bulk_create(rows)
            opened_shops = [row.seller_id for row in rows if row.state == CaseState.WAITING]
            SellerEvent.objects.bulk_create(
                SellerEvent(seller_id=pk, action="submit", from_state="active", to_state=SellerState.SUBMITTED, at=now)
                for pk in opened_shops
            )
            Seller.objects.filter(pk__in=opened_shops).update(state=SellerState.SUBMITTED)
            CaseEvent.objects.bulk_create(
                CaseEvent(case=row, action="import", from_state="", to_state=row.state, at=row.opened_at)
                for row in rows
            )
            CaseCheck.objects.bulk_create(
                CaseCheck(
                    case=row, code=f"check-{n}", finding="", at=row.opened_at,
                    result=CheckResult.WARN if n == 0 else CheckResult.PASS,
                )
                for row in rows
                for n in range(FINDINGS_EACH)
            )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _applications(count: int, now: datetime) -> list[Any]:
    """Complete registrations of all kinds, each of another person, checked and waiting."""
    from tests.factories.umkm import make_user
    from tests.umkm.drafts import waiting
    from umkm.sellers.states import SellerKind

    start = int(now.timestamp()) % 1_000_000
    kinds = itertools.cycle(SellerKind.values)
    made = []
    for number, kind in zip(range(start, start + count), kinds, strict=False):
        name = f"Usaha Pagi {number}"
        own = {"name": name, "owner_name": f"Warga {number}", "phone": f"0813{number:08d}", "email": ""}
        made.append(waiting(make_user(), now, kind=kind, number=number % 9_000, **own))
    return made


QUEUE = "/admin/umkm/verificationcase/"


class _Desk:
    """One verifier's browser. Keeps the milliseconds and statements of each page, by its kind."""

    def __init__(self) -> None:
        from tests.factories.umkm import make_staff
        from tests.factories.users import signed_in

        self.officer = make_staff("umkm.verify_seller")
        self.client = signed_in(self.officer)
        self.times: dict[str, list[float]] = defaultdict(list)
        self.statements: dict[str, list[int]] = defaultdict(list)
        self.refused: list[str] = []
        self.ask("first", "/admin/")  # templates, translations
        self.times.clear()
        self.statements.clear()

    def ask(self, kind: str, path: str) -> Any:
        return self._timed(kind, path, lambda: self.client.get(path))

    def send(self, kind: str, path: str, **values: Any) -> Any:
        return self._timed(kind, path, lambda: self.client.post(path, values))

    def _timed(self, kind: str, path: str, action: Callable[[], Any]) -> Any:
        from django.db import connection

        sent: list[None] = []

        def note(execute: Any, *said: Any) -> Any:
            sent.append(None)
            return execute(*said)

        with connection.execute_wrapper(note):
            begun = time.perf_counter()
            answer = action()
            b"".join(answer.streaming_content) if answer.streaming else answer.content
            self.times[kind].append((time.perf_counter() - begun) * 1000)
        self.statements[kind].append(len(sent))
        if answer.status_code >= 400 and kind != "approve":
            self.refused.append(f"{answer.status_code} {path}")
        return answer

    def judge(self, case: Any) -> None:
        from epeken.core import clock
        from umkm.requirements.states import Means
        from umkm.requirements.status import lacking, status_of

        page = f"{QUEUE}{case.pk}/"
        self.ask("landing", "/admin/")
        self.ask("queue", QUEUE)
        self.ask("case", f"{page}change/")
        self.send("take", f"{page}ambil/")
        for document in case.seller.documents.current():
            self.ask("paper", f"/dokumen-penjual/{document.pk}/")
        self.send("whole NIK", f"{page}nomor/nik/", untuk="match")
        self._take_note(case)
        for one in lacking(status_of(case.seller, clock.today()), Means.VERIFIED):
            told = "Dicocokkan lewat telepon dengan pengelolanya"
            self.send("requirement", f"{page}temuan-petugas/", subject=one.requirement.subject, note=told)
        # What became so since the checks ran is written by the approval it stops, and judged before the next.
        for _press in range(2):
            if self.send("approve", f"{page}setujui/", note="").status_code != HTTPStatus.UNPROCESSABLE_ENTITY:
                return
            self.times["approve, refused"].append(self.times["approve"].pop())
            self.statements["approve, refused"].append(self.statements["approve"].pop())
            self._take_note(case)

    def _take_note(self, case: Any) -> None:
        for check in case.checks.unacknowledged():
            self.send("finding", f"{QUEUE}{case.pk}/temuan/", finding=check.pk)

    def told(self) -> dict[str, dict[str, float]]:
        return {
            kind: {**stage.spread(times), "statements": int(median(self.statements[kind])), "asked": len(times)}
            for kind, times in self.times.items()
        }


if __name__ == "__main__":
    sys.exit(main())
