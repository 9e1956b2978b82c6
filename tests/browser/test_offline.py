"""A receiver without network: twenty acts written on a phone that is killed twice; none is lost and none done twice."""

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from epeken.core import clock
from orders.deliveries.models import Delivery, DeliveryEvent
from orders.deliveries.states import DeliveryState
from orders.drafts.models import DraftedAct
from tests.browser.chromium import FLAGS, path
from tests.browser.network import Network
from tests.browser.visitor import Visitor
from tests.day import ahead
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR
from tests.factories.users import enrol
from tests.orders.books import balanced
from umkm.catalogue.states import FoodKind, Keeps

KEPT = "html[data-offline-ready=kept]"


class Phone:
    """One profile on a disk; the browser over it is started, and killed without a word."""

    def __init__(self, browser: Browser, profile: Path) -> None:
        self.browser, self.profile = browser, profile
        self.context: BrowserContext | None = None

    def start(self) -> Page:
        self.context = self.browser.browser_type.launch_persistent_context(
            str(self.profile), executable_path=path(), args=FLAGS, viewport={"width": 360, "height": 740},
            has_touch=True, is_mobile=True, locale="id-ID",
        )  # fmt: skip
        self.context.set_default_timeout(20_000)
        # The phone's clock says what the city's does, also where the suite runs on another day.
        later = round(ahead() * 1000)
        self.context.add_init_script(f"""{{ const Real = Date; Date = class extends Real {{
            constructor(...given) {{ super(...(given.length ? given : [Real.now() + {later}])); }}
            static now() {{ return Real.now() + {later}; }} }}; }}""")
        return self.context.pages[0]

    def offline(self, *, is_off: bool) -> None:
        assert self.context is not None
        self.context.set_offline(is_off)

    def close(self) -> None:
        assert self.context is not None
        self.context.close()
        self.context = None

    def kill(self) -> None:
        """The process of this profile that started the others."""
        assert self.context is not None
        for found in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                words = found.read_bytes().split(b"\0")
                of_profile = f"--user-data-dir={self.profile}".encode() in words
                if of_profile and not any(word.startswith(b"--type=") for word in words):
                    os.kill(int(found.parent.name), signal.SIGKILL)
        with suppress(Exception):
            self.context.close()
        self.context = None


@pytest.fixture
def network(city: str) -> Iterator[Network]:
    made = Network(city)
    yield made
    made.become("down")
    made.listening.close()


@pytest.fixture
def phone(browser: Browser, tmp_path: Path) -> Iterator[Phone]:
    made = Phone(browser, tmp_path / "phone")
    yield made
    if made.context is not None:
        made.close()


@pytest.fixture
def office(transactional_db: None) -> make.Office:
    made = make.make_office(now=clock.now())
    enrol(made.receiver)
    return made


@pytest.fixture
def deliveries(office: make.Office) -> list[Delivery]:
    """Twelve, due an hour ago."""
    now = clock.now()
    then = now - 2 * DAY  # in time for its seller, at whatever hour this runs
    made = []
    for _n in range(12):
        order = make.make_issued(office, goods.make_product(price=10_000, on_hand=50), now=then, deliver_at=now - HOUR)
        made.append(make.shipped(make.accepted(order, now=then), now=now - 3 * HOUR))
    return made


def opened(page: Page, base: str) -> Page:
    page.goto(f"{base}/luring/")
    page.locator("html[data-offline-ready]").wait_for()
    return page


def drafts(page: Page) -> int:
    return page.locator("[data-drafts] li").count()


def has_drafts(page: Page, count: int) -> None:
    expect(page.locator("[data-drafts] li")).to_have_count(count)


def form(page: Page, act: str, delivery: Delivery) -> Any:
    return page.locator(f"form[data-draft='{act}'][data-delivery='{delivery.number}']")


def arrives(page: Page, delivery: Delivery) -> None:
    before = drafts(page)
    form(page, "arrive", delivery).get_by_role("button").click()
    has_drafts(page, before + 1)


def misses(page: Page, delivery: Delivery) -> None:
    before, spot = drafts(page), form(page, "miss", delivery)
    page.locator(f"[id='{delivery.number}'] summary", has_text="Barang tidak datang").click()
    spot.locator("[name=note]").fill("Tidak ada kurir sampai sore")
    spot.get_by_role("button").click()
    has_drafts(page, before + 1)


def inspects(page: Page, delivery: Delivery, photo: Path | None = None) -> None:
    before, spot, line = drafts(page), form(page, "inspect", delivery), delivery.lines.get().pk
    page.locator(f"[id='{delivery.number}'] summary", has_text="Periksa barangnya").click()
    spot.locator(f"[name=arrived_{line}]").fill("10")
    spot.locator(f"[name=accepted_{line}]").fill("9")
    spot.locator(f"[name=remark_{line}]").fill("Satu penyok")
    if photo is not None:
        spot.locator("[name=photos]").set_input_files(photo)
        spot.locator("[data-photo-said]", has_text=photo.stem).wait_for()
    spot.get_by_role("button", name="Simpan hasil pemeriksaan").click()
    has_drafts(page, before + 1)


def test_twenty_drafts_on_a_phone_that_is_killed_twice(
    phone: Phone,
    network: Network,
    office: make.Office,
    deliveries: list[Delivery],
    picture: Callable[[str], Path],
) -> None:
    page = phone.start()
    visitor = Visitor(page, network.base)
    visitor.sign_in(office.receiver, second_factor=True).open("/luring/").sees(deliveries[0].number)
    page.locator(KEPT).wait_for()
    # Put away in the office: who signed in a moment before a crash is not signed in after it.
    phone.close()
    page = phone.start()

    # Into the basement.
    network.become("down")
    phone.offline(is_off=True)
    opened(page, network.base)
    assert deliveries[0].number in page.content()
    for one in deliveries[:10]:
        arrives(page, one)
    phone.kill()

    page = phone.start()
    phone.offline(is_off=True)
    opened(page, network.base)
    has_drafts(page, 10)
    for one in deliveries[:8]:
        inspects(page, one, picture("dapur") if one == deliveries[0] else None)
    for one in deliveries[10:]:
        misses(page, one)
    assert drafts(page) == 20
    assert not DraftedAct.objects.exists()

    # Out of it for a moment: what is sent arrives, the answer does not, and the phone dies over it.
    network.become("deaf")
    phone.offline(is_off=False)
    page.evaluate("dispatchEvent(new Event('online'))")
    waited(lambda: DraftedAct.objects.exists())
    phone.kill()
    assert DraftedAct.objects.count() < 20

    network.become("up")
    page = opened(phone.start(), network.base)
    waited(lambda: DraftedAct.objects.count() == 20)
    has_drafts(page, 0)
    acts = Counter(DeliveryEvent.objects.values_list("action", flat=True))
    assert (acts["arrive"], acts["inspect"], acts["miss"]) == (10, 8, 2)
    states = Counter(Delivery.objects.values_list("state", flat=True))
    assert states == {DeliveryState.INSPECTED: 8, DeliveryState.ARRIVED: 2, DeliveryState.MISSED: 2}
    assert Delivery.objects.get(pk=deliveries[0].pk).photos.count() == 1
    assert all(row.claimed_at <= row.received_at for row in DraftedAct.objects.all())
    balanced()
    Visitor(page, network.base).open(f"/pesanan/{deliveries[0].order.number}/").sees("menurut jam ponsel itu")


def test_a_meal_is_judged_where_it_is_inspected_and_corrected_while_it_waits(
    phone: Phone, network: Network, office: make.Office, picture: Callable[[str], Path]
) -> None:
    """Long after it was eaten nobody photographs it."""
    now = clock.now()
    meal = goods.make_product(price=10_000, on_hand=50, keeps=Keeps.COOKED, food_kind=FoodKind.CATERING)
    order = make.accepted(
        make.make_issued(office, meal, now=now - 2 * DAY, deliver_at=now + HOUR), now=now - 2 * DAY
    )  # early
    one = make.shipped(order, now=now - HOUR)
    page = phone.start()
    visitor = Visitor(page, network.base)
    visitor.sign_in(office.receiver, second_factor=True).open("/luring/")
    page.locator(KEPT).wait_for()
    network.become("down")
    opened(page, network.base)
    expect(form(page, "inspect", one)).to_be_hidden()
    expect(page.locator("[data-before-arrival]")).to_be_visible()
    arrives(page, one)
    expect(page.locator("[data-before-arrival]")).to_be_hidden()
    spot, line = form(page, "inspect", one), one.lines.get().pk
    expect(page.locator(f"[id='{one.number}'] summary", has_text="Periksa barangnya")).to_be_visible()
    page.locator(f"[id='{one.number}'] summary", has_text="Periksa barangnya").click()
    spot.locator(f"[name=arrived_{line}]").fill("10,5")
    spot.locator(f"[name=accepted_{line}]").fill("9")
    # What is typed and not saved yet is there when the phone drops the page.
    page.locator("form[data-draft=inspect][data-typed=kept]").wait_for()
    opened(page, network.base)
    expect(spot.locator(f"[name=arrived_{line}]")).to_have_value("10,5")
    expect(spot.locator(f"[name=accepted_{line}]")).to_have_value("9")
    # The meal is awaited for another hour: that it did not come is not offered before.
    expect(form(page, "miss", one)).to_be_hidden()
    save = spot.get_by_role("button", name="Simpan hasil pemeriksaan")
    save.click()
    visitor.sees("dihitung dalam bilangan bulat", "tambahkan paling sedikit 1 foto")
    spot.locator(f"[name=arrived_{line}]").fill("10")
    photo = picture("dapur")
    spot.locator("[name=photos]").set_input_files(photo)
    spot.locator("[data-photo-said]", has_text=photo.stem).wait_for()
    save.click()
    visitor.sees("jumlahnya berbeda, tulis sebabnya")
    assert drafts(page) == 1
    spot.locator(f"[name=remark_{line}]").fill("Satu tumpah")
    save.click()
    has_drafts(page, 2)
    visitor.sees("Tiba 10", "Diterima baik 9", "Satu tumpah")
    page.locator("[data-drafts] li").last.get_by_role("button", name="Perbaiki").click()
    visitor.sees("Sedang Anda perbaiki")
    spot.locator(f"[name=accepted_{line}]").fill("8")
    save.click()
    visitor.sees("Diterima baik 8")
    has_drafts(page, 2)
    network.become("up")
    page.evaluate("dispatchEvent(new Event('online'))")
    has_drafts(page, 0)
    expect(page.locator("[data-sent-list] li")).to_have_count(2)
    expect(page.locator("[data-card-said]")).to_contain_text("Pemeriksaan: Terkirim.")
    expect(spot).to_be_hidden()
    found = one.lines.get()
    assert (found.arrived, found.accepted, DraftedAct.objects.count()) == (10, 8, 2)
    opened(page, network.base)
    expect(page.locator("[data-sent-list] li")).to_have_count(0)


def test_a_refused_draft_stays_with_its_way_out_and_signing_out_clears_the_page(
    phone: Phone, network: Network, office: make.Office, deliveries: list[Delivery]
) -> None:
    page = phone.start()
    visitor = Visitor(page, network.base, refusal=409)
    visitor.sign_in(office.receiver, second_factor=True).open("/luring/")
    page.locator(KEPT).wait_for()
    network.become("down")
    opened(page, network.base)
    # The code of a packing slip, scanned without network, leads to the delivery on the page that was kept.
    one = deliveries[3]
    page.goto(f"{network.base}/pesanan/{one.order.number}/kirim/{one.number}/tiba/")
    assert page.url == f"{network.base}/luring/#{one.number}"
    page.locator("html[data-offline-ready]").wait_for()
    arrives(page, one)
    make.arrived(one, office.receiver, now=clock.now())
    network.become("up")
    page.evaluate("dispatchEvent(new Event('online'))")
    visitor.sees("Tidak diterima:", "Muat ulang halaman lalu periksa lagi.")
    assert drafts(page) == 1
    page.get_by_role("button", name="Buang draf").click()
    page.get_by_role("button", name="Buang untuk selamanya?").click()
    has_drafts(page, 0)
    assert [name for name in page.evaluate("caches.keys()") if name.startswith("pribadi-")]
    page.locator("form[action$='/keluar/']").first.evaluate("form => form.requestSubmit()")
    page.wait_for_url(lambda url: "/luring/" not in url)
    assert not [name for name in page.evaluate("caches.keys()") if name.startswith("pribadi-")]


def waited(condition: Callable[[], bool]) -> None:
    done = threading.Event()
    for _n in range(300):
        if condition():
            return
        done.wait(0.1)
    raise AssertionError("It did not come to pass.")
