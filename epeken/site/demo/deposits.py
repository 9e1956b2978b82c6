"""Tax of the demo's paid bills, deposited month by month; that of the current month is still to be deposited. Of each
department one seller has the bukti potong of a month; the others wait for theirs."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from epeken.core import clock
from epeken.core.idempotency import new_key
from epeken.site.demo.market import paper
from orders.tax_deposits import deadlines, pages, services
from orders.tax_slips import pages as slips_pages
from orders.tax_slips import services as slips
from orders.tax_slips.querysets import to_slip
from procurement.agencies.models import Agency
from procurement.agencies.policies import holders
from procurement.agencies.states import OfficerRole


def deposit_taxes(agencies: Iterable[Agency], now: datetime) -> None:
    today = clock.local_date(now)
    for number, one in enumerate(pages.owed(agencies, today), start=1):
        day = min(deadlines.next_month(one.period) + timedelta(days=9), today)
        if one.period == today.replace(day=1):
            continue
        month = f"{one.period.year % 100:02d}{one.period.month:02d}"
        chosen = {line.pk: line.left for line in pages.lines_of(one.agency, one.kind, one.period)}
        services.record_deposit(
            actor=holders(one.agency.pk, OfficerRole.TREASURER, today)[0], agency=one.agency, kind=one.kind,
            period=one.period, chosen=chosen, billing_code=f"82{month}{number:09d}",
            ntpn=f"{number:04d}B7C2{month}E5F1", deposited_on=day, amount=one.amount,
            file=paper("bukti penerimaan negara", one.month, 900 + number), key=new_key(),
            now=min(clock.start_of(day) + timedelta(hours=14), now),
        )  # fmt: skip


def record_slips(agencies: Iterable[Agency], now: datetime) -> None:
    today = clock.local_date(now)
    for number, agency in enumerate(agencies, start=1):
        earlier = to_slip(invoice__order__agency=agency).filter(paid_on__lt=today.replace(day=1))
        for group in slips_pages.groups_of(earlier)[:1]:
            period = group.payer.period
            day = min(deadlines.next_month(period) + timedelta(days=9), today)
            slips.record_slip(
                actor=holders(agency.pk, OfficerRole.TREASURER, today)[0], agency=agency,
                chosen={line.pk: line.amount for line in group.lines},
                number=f"{period.year % 100:02d}{period.month:02d}P{number:04d}", dated_on=day,
                file=paper("bukti potong", group.shop, 950 + number), key=new_key(),
                now=min(clock.start_of(day) + timedelta(hours=15), now),
            )  # fmt: skip
