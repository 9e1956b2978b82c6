"""The list of wards, narrowed by what is typed above it; without script it is a list."""

from collections.abc import Callable

from django.urls import reverse

from epeken.core.models import Kelurahan
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]


def test_what_is_typed_narrows_the_list_and_what_is_chosen_stays(visit: Visit) -> None:
    phone = visit(width=360, height=800)
    phone.open(reverse("umkm:place"))
    chosen, wanted = Kelurahan.objects.order_by("name")[0], Kelurahan.objects.order_by("-name")[0]
    lists = phone.page.locator("select[data-find]")
    form = phone.page.locator("form").filter(has=lists)
    box = form.get_by_role("searchbox")
    count = lists.locator("option").count()
    lists.select_option(chosen.code)
    box.fill(f"{wanted.kecamatan.name.lower()} {wanted.name.upper()}")
    assert lists.locator("option").count() < 6 and lists.input_value() == chosen.code
    phone.look()
    box.press("Enter")
    assert lists.input_value() == wanted.code
    box.fill("zzz tidak ada")
    assert "Tidak ada yang cocok" in form.inner_text()
    assert lists.input_value() == wanted.code
    box.fill("")
    assert lists.locator("option").count() == count and lists.input_value() == wanted.code
