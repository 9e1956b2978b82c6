"""What people do. A step answered with success is written down; the judgement looks for each in the database."""

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bench.storm_http import city as cities
from bench.storm_http.browser import Answer, Browser, Figures, GaveUp, Refused

# Each is to happen at least once, or the storm proves nothing of it.
ACTS = (
    "placed", "closed", "cancelling asked", "accepted", "confirmed", "paid",
    "submitted", "withdrawn", "approved", "issued", "shipped", "arrived", "inspected", "signed", "verified",
    "payment approved", "invoice paid",
)  # fmt: skip
NUMBER = re.compile(r"/pesanan/([^/]+)/$")


@dataclass
class Record:
    """Definite answers of success by kind, and what came to no end."""

    successes: dict[str, list[Any]] = field(default_factory=dict)
    refused: "Counter[str]" = field(default_factory=Counter)
    already: "Counter[str]" = field(default_factory=Counter)
    gave_up: "Counter[str]" = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self, kind: str, what: Any) -> None:
        with self.lock:
            self.successes.setdefault(kind, []).append(what)

    def count(self, kind: str) -> int:
        return len(self.successes.get(kind, []))


class People:
    """Browsers of people who are signed in, made when first wanted."""

    def __init__(self, base: str, figures: Figures) -> None:
        self.base, self.figures = base, figures
        self.sessions: dict[int, str] = {}

    def at(self, user: Any) -> Browser:
        if user.pk not in self.sessions:
            self.sessions[user.pk] = _patiently(lambda _orders: cities.session_of(user))
        return Browser(self.base, self.sessions[user.pk], self.figures)


def step(record: Record, kind: str, what: Any, act: Callable[[], Answer]) -> Answer | None:
    """None when the step had happened before: its first answer was lost and the repeat was told so."""
    try:
        answer = act()
    except Refused as no:
        if len(no.args) > 1 and no.args[1] > 1:
            record.already[kind] += 1
            return None
        raise
    record.write(kind, what)
    return answer


def checkout(city: cities.City, people: People, record: Record, number: int) -> None:
    """One citizen's cart becomes an order; some call it off, some wait, some have it brought and pay."""
    buyer = city.buyers.get()
    try:
        _buy(city, people, record, number, buyer)
    finally:
        city.buyers.put(buyer)


def _buy(city: cities.City, people: People, record: Record, number: int, buyer: Any) -> None:
    product = city.rare if number % 4 == 0 else city.goods[number % len(city.goods)]
    mine = people.at(buyer)
    mine.send("/keranjang/tambah/", {"product": str(product.pk), "quantity": "2"})
    page = mine.open("/keranjang/")
    if "/keranjang/ubah/" not in page:
        raise Refused("the goods did not fit into the cart")
    # A repeat of "two more" may have put four into the cart; who looks at it sets it right.
    mine.send("/keranjang/ubah/", {f"quantity_{product.pk}": "2"})
    try:
        answer = mine.press(
            "/keranjang/pesan/", "recipient_phone", **{f"method_{product.seller_id}": "pickup"},
            recipient_phone="081234567890", recipient="Warga Contoh",
        )  # fmt: skip
    except Refused:
        mine.send("/keranjang/ubah/", {"remove": str(product.pk)})
        raise
    found = NUMBER.search(answer.location)
    if not found:
        raise Refused(f"placed and led to {answer.location}")
    order = found[1]
    record.write("placed", (order, buyer.pk, product.pk))
    page_of = f"/pesanan/{order}/"
    seller = people.at(city.sellers[product.seller_id])
    turn = number % 10
    if turn in {1, 5}:
        step(record, "closed", order, lambda: _cancel(mine, page_of))
    elif turn in {2, 3, 4, 6}:
        step(record, "accepted", order, lambda: seller.press(page_of, "/sanggupi"))
        if turn == 2:
            return
        if turn == 6:
            step(record, "cancelling asked", order, lambda: _cancel(mine, page_of))
            answer = f"{page_of}pembatalan/jawab/"
            step(record, "closed", order, lambda: seller.press(answer, "answer", answer="consent"))
            return
        _ship(record, seller, order, carrier="")
        step(record, "confirmed", order, lambda: mine.press(page_of, "/diterima"))
        step(record, "paid", order, lambda: seller.press(page_of, "/tunai"))


def _cancel(somebody: Browser, page_of: str) -> Answer:
    return somebody.press(f"{page_of}pembatalan/", "reason", reason="wrong")


def _ship(record: Record, seller: Browser, order: str, **values: str) -> None:
    step(record, "shipped", order, lambda: seller.press(f"/pesanan/{order}/kirim/", "key", **values))


def purchase(city: cities.City, people: People, record: Record, number: int) -> None:
    """An office's request is sent, approved, ordered, brought in two parts, inspected, taken over and paid."""
    office, request = city.drafts.get()
    sides = (office.requester, office.pp, office.receiver, office.treasurer, office.head)
    requester, approver, receiver, treasurer, head = (people.at(user) for user in sides)
    page = f"/dinas/permintaan/{request}/"
    step(record, "submitted", request, lambda: requester.press(page, f"{request}/kirim"))
    if number % 8 == 7:
        step(record, "withdrawn", request, lambda: requester.press(f"{page}tarik/", "note", note="Acara batal"))
        return
    act = approver.press
    step(record, "approved", request, lambda: act(f"/dinas/persetujuan/{request}/", "shown", decision="approve"))
    issued = step(record, "issued", request, lambda: act(page, "/terbitkan"))
    order = _order_of(request) if issued is None else NUMBER.search(issued.location)[1]  # type: ignore[index]
    page_of = f"/pesanan/{order}/"
    seller_pk, line_pk = _facts_of(order)
    seller = people.at(city.sellers[seller_pk])
    if number % 8 == 6:
        step(record, "closed", order, lambda: _cancel(approver, page_of))
        return
    step(record, "accepted", order, lambda: seller.press(page_of, "/sanggupi"))
    for part in (3, 1):
        _ship(record, seller, order, carrier="Kurir sendiri", **{f"sent_{line_pk}": str(part)})
        _take_over(record, receiver, order, part)
        _pay(record, treasurer, head, order)


def _take_over(record: Record, receiver: Browser, order: str, part: int) -> None:
    """Arrived, inspected, the BAST signed; of three pieces one is not taken."""
    page_of = f"/pesanan/{order}/"
    delivery, line = _last_delivery(order)
    base = f"{page_of}kirim/{delivery}/"
    found = {f"arrived_{line}": str(part), f"accepted_{line}": str(part - (part == 3))}
    found[f"remark_{line}"] = "Satu penyok"
    step(record, "arrived", delivery, lambda: receiver.press(page_of, f"{base}tiba"))
    step(record, "inspected", delivery, lambda: receiver.press(f"{base}periksa/", "came_at", **found))
    step(record, "signed", delivery, lambda: receiver.press(page_of, f"{base}bast"))


def _pay(record: Record, treasurer: Browser, head: Browser, order: str) -> None:
    """Checked by the treasurer, approved by the head among others that wait, paid."""
    from tests.factories.orders import photo

    page_of, invoice = f"/pesanan/{order}/", _last_invoice(order)
    bill, paying = f"{page_of}tagihan/{invoice}/", {"method": "ls", "reference": f"SP2D-{invoice}"[:60]}
    proof = {"proof": photo()}
    step(record, "verified", invoice, lambda: treasurer.press(f"{bill}lengkap/", "ticked", ticked="papers"))
    approvals = "/dinas/persetujuan-bayar/"
    step(record, "payment approved", invoice, lambda: head.press(approvals, "key", chosen=_shown(invoice)))
    step(record, "invoice paid", invoice, lambda: treasurer.press(f"{bill}bayar/", "reference", proof, **paying))


# What a person reads from the page, asked of the database here: the numbers of papers.


def _order_of(request: str) -> str:
    return str(_patiently(lambda orders: orders.get(request__number=request).number))


def _facts_of(order: str) -> tuple[int, int]:
    found = _patiently(lambda orders: orders.get(number=order))
    return found.seller_id, _patiently(lambda _orders: found.lines.get().pk)


def _last_delivery(order: str) -> tuple[str, int]:
    found = _patiently(lambda orders: orders.get(number=order).deliveries.order_by("pk").last())
    return found.number, _patiently(lambda _orders: found.lines.get().pk)


def _last_invoice(order: str) -> str:
    from orders.billing.models import Invoice

    return str(_patiently(lambda _orders: Invoice.objects.live().filter(order__number=order).latest("pk").number))


def _shown(invoice: str) -> str:
    """What ticking it on the page of approvals sends."""
    from orders.billing.models import Invoice

    found = _patiently(lambda _orders: Invoice.objects.with_stamp().get(number=invoice))  # type: ignore[attr-defined]
    return f"{found.pk}:{found.stamp}"


def _patiently(ask: Callable[[Any], Any]) -> Any:
    """The database may be killed or frozen at this very moment."""
    import time

    from django.db import DatabaseError, InterfaceError, connection

    from orders.orders.models import Order

    for _try in range(60):
        try:
            return ask(Order.objects)
        except (DatabaseError, InterfaceError):
            connection.close()
            time.sleep(1)
    raise GaveUp("the database itself")


def run(visits: Iterable[Callable[[], None]], record: Record, *, browsers: int) -> None:
    """All visits, `browsers` at a time, in their order."""
    from django.db import connection

    waiting, lock = iter(visits), threading.Lock()

    def somebody() -> None:
        while True:
            with lock:
                mine = next(waiting, None)
            if mine is None:
                break
            try:
                mine()
            except Refused as no:
                record.refused[str(no.args[0])] += 1
            except GaveUp as problem:
                record.gave_up[str(problem)] += 1
        connection.close()

    threads = [threading.Thread(target=somebody) for _n in range(browsers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
