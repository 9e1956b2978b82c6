"""The map pin of a shop, put by tap and by key on the grid."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse

from epeken.core import clock
from tests.browser.visitor import Visitor
from tests.factories import umkm as make
from tests.umkm.drafts import ready
from umkm.sellers.models import Seller

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


# Of every word on the map: what it says, and whether all of it lies inside the pane.
WORDS = """pane => {
    const edge = pane.getBoundingClientRect();
    return [...pane.querySelectorAll(".pin-map__label span, .pin-map__name span")].map((word) => {
        const at = word.getBoundingClientRect();
        const inside = at.left >= edge.left && at.right <= edge.right && at.top >= edge.top && at.bottom <= edge.bottom;
        return [word.textContent, inside];
    });
}"""


# A word whose font came late is measured and drawn anew; a slow machine does that after the page says it is ready.
NONE_IS_CUT = f"() => ({WORDS})(document.querySelector('[data-map]')).every(([_word, inside]) => inside)"


# Pairs of words that lie on each other.
OVERLAPS = """pane => {
    const words = [...pane.querySelectorAll(".pin-map__label span, .pin-map__name span")];
    const boxes = words.map((word) => [word.textContent, word.getBoundingClientRect()]);
    return boxes.flatMap(([name, a], n) => boxes.slice(n + 1)
        .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map(([other]) => [name, other]));
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_the_map_begins_with_the_whole_city_and_then_the_ward_among_its_neighbours(visit: Visit, width: int) -> None:
    user = make.make_user()
    draft = ready(user, clock.now())
    ward = Seller.objects.get(pk=draft.pk).kelurahan
    Seller.objects.filter(pk=draft.pk).update(kelurahan=None, latitude=None, longitude=None)
    visitor = visit(width=width, height=800)
    visitor.sign_in(user).open(reverse("umkm:application-step", args=[draft.pk, "toko"]))
    pane = visitor.page.locator("[data-map]")
    dots = pane.locator(".pin-map__dot")
    assert dots.count() == len(settings.CITY.ward_points)
    across = """pane => {
        const at = [...pane.querySelectorAll(".pin-map__dot")].map((dot) => dot.getBoundingClientRect());
        const span = (low, high) => Math.max(...at.map((b) => b[high])) - Math.min(...at.map((b) => b[low]));
        return Math.max(span("left", "right") / pane.clientWidth, span("top", "bottom") / pane.clientHeight);
    }"""
    assert 0.7 < pane.evaluate(across) <= 1
    assert pane.evaluate(OVERLAPS) == []
    visitor.page.select_option("[name=kelurahan]", ward.pk)
    assert ward.name in [word for word, _inside in pane.evaluate(WORDS)]
    assert 5 <= dots.count() < 30
    assert pane.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_map_names_its_wards_and_nothing_on_it_is_cut_or_unreadable(visit: Visit, width: int, light: str) -> None:
    user = make.make_user()
    draft = ready(user, clock.now())
    ward = Seller.objects.get(pk=draft.pk).kelurahan
    visitor = visit(width=width, height=800, color_scheme=light)
    visitor.sign_in(user).open(reverse("umkm:application-step", args=[draft.pk, "toko"]))
    pane = visitor.page.locator("[data-map]")
    visitor.page.wait_for_function(NONE_IS_CUT)
    assert ward.name in [word for word, _inside in pane.evaluate(WORDS)]  # the ward that is chosen
    for _twice in range(12):
        pane.press("-")
        visitor.page.wait_for_timeout(50)
    visitor.page.wait_for_function(NONE_IS_CUT)
    far = {word for word, _inside in pane.evaluate(WORDS)}
    assert far & {point.district for point in settings.CITY.ward_points}
    assert pane.locator(".pin-map__dot").count() == len(settings.CITY.ward_points)
    colours = (
        "e => [e, document.body].map((one) => getComputedStyle(one)).map((one) => [one.backgroundColor, one.color])"
    )
    (ground, ink), (_paper, body_ink) = pane.evaluate(colours)
    assert ink == body_ink and ground != "rgb(221, 221, 221)"  # Leaflet's grey
    visitor.look()  # axe measures the contrast of every word
