"""The map pin of a shop, put by tap and by key on the grid."""

from collections.abc import Callable
from decimal import Decimal

from django.conf import settings
from django.urls import reverse

from epeken.core import clock
from tests.browser.visitor import Visitor
from tests.factories import umkm as make
from tests.umkm.drafts import ready

Visit = Callable[..., Visitor]


def test_a_tap_and_a_key_put_the_pin_and_the_fields_move_it(visit: Visit) -> None:
    user = make.make_user()
    draft = ready(user, clock.now())
    phone = visit(width=360, height=800)
    phone.sign_in(user).open(reverse("umkm:application-step", args=[draft.pk, "toko"]))
    pane = phone.page.locator("[data-map]")
    latitude, longitude = (phone.page.locator(f"[name={name}]") for name in ("latitude", "longitude"))
    box = settings.CITY.box
    phone.page.locator("[data-pin] summary").click()  # the numbers stand folded away
    latitude.fill("")
    longitude.fill("")
    pane.click(position={"x": 120, "y": 150})
    tapped = Decimal(latitude.input_value()), Decimal(longitude.input_value())
    assert box.contains(*tapped)
    assert phone.page.locator(".pin-map__pin").count() == 1
    pane.focus()
    pane.press("ArrowRight")
    phone.page.wait_for_timeout(400)
    pane.press("Enter")
    moved = Decimal(latitude.input_value()), Decimal(longitude.input_value())
    assert box.contains(*moved) and moved != tapped
    phone.look()
    latitude.fill("0")
    assert phone.page.locator(".pin-map__pin").count() == 0
