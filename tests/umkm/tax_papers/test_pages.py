"""The pages of tax papers: the shop's, and the verifier's."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.idempotency import new_key
from tests.factories import tax_papers as papers
from tests.factories import umkm as make
from tests.factories.users import signed_in
from tests.umkm.pictures import photo
from umkm.tax_papers import pages, rules, services
from umkm.tax_papers.models import TaxPaper
from umkm.tax_papers.states import TaxPaperState
from umkm.verification.models import DocumentView

pytestmark = pytest.mark.django_db


def typed(**over: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "kind": "certificate", "number": "KET-1", "issued_on": today.isoformat(), "valid_from": today.isoformat(),
        "valid_until": today.replace(year=today.year + 1, day=1).isoformat(), "file": photo(3), "key": new_key(),
        **over,
    }  # fmt: skip


def test_a_shop_shows_a_paper_reads_what_follows_and_takes_it_back() -> None:
    member = make.make_user()
    make.make_seller(member, has_final_tax_certificate=True)
    page = signed_in(member)
    shown = page.get(reverse("umkm:tax-papers")).text
    assert "tarif umum, bukan 0,5% final" in " ".join(shown.split())
    answer = page.post(reverse("umkm:tax-papers"), typed())
    assert answer.status_code == 302
    paper = TaxPaper.objects.get()
    text = " ".join(page.get(answer["Location"]).text.split())
    assert "Nomor KET-1" in text and "Menunggu verifikator" in text
    assert page.get(reverse("umkm:tax-paper-file", args=[paper.pk])).status_code == 200
    assert not DocumentView.objects.exists()
    page.post(reverse("umkm:tax-paper-withdraw", args=[paper.pk]))
    paper.refresh_from_db()
    assert paper.state == TaxPaperState.WITHDRAWN


def test_what_is_wrong_stands_at_its_box() -> None:
    member = make.make_user()
    make.make_seller(member)
    answer = signed_in(member).post(reverse("umkm:tax-papers"), typed(valid_until=""))
    assert answer.status_code == 422
    assert "Tulis sampai kapan surat keterangan ini berlaku" in answer.text
    assert not TaxPaper.objects.exists()


def test_the_verifier_opens_the_copy_which_is_recorded_and_decides() -> None:
    shop = make.make_seller()
    paper = papers.sent(shop)
    papers.sent(make.make_seller())  # another owner's, with the same number and picture
    officer = make.make_staff("umkm.verify_seller")
    desk = signed_in(officer)
    url, rows = reverse("admin:umkm_taxpaper_change", args=[paper.pk]), type(paper).objects.filter(pk=paper.pk)
    rows.update(content_type="application/pdf")
    assert "Belum Anda buka di halaman ini" in desk.get(url).text
    rows.update(content_type=paper.content_type)
    page = desk.get(url).text
    assert "Nomor atau berkas yang sama juga dipakai" in page and paper.number in page
    assert desk.get(reverse("umkm:tax-paper-file", args=[paper.pk])).status_code == 200
    assert DocumentView.objects.get().what == "npwp"
    assert "Belum Anda buka di halaman ini" not in page  # a picture stands open there
    desk.post(reverse("admin:umkm_taxpaper_verify", args=[paper.pk]))
    paper.refresh_from_db()
    assert paper.state == TaxPaperState.VERIFIED
    ended = desk.post(
        reverse("admin:umkm_taxpaper_end", args=[paper.pk]),
        {"last_day": "2026-02-01", "reason": "Dicabut kantor pajak"},
    )
    paper.refresh_from_db()
    assert ended.status_code == 302 and paper.state == TaxPaperState.ENDED
    assert "Dicabut" in desk.get(reverse("admin:umkm_taxpaper_change", args=[paper.pk])).text


def test_a_refusal_without_a_reason_is_asked_for_one() -> None:
    paper = papers.sent(make.make_seller())
    desk = signed_in(make.make_staff("umkm.verify_seller"))
    answer = desk.post(reverse("admin:umkm_taxpaper_reject", args=[paper.pk]), {"reason": ""})
    assert answer.status_code == 422
    desk.get(reverse("umkm:tax-paper-file", args=[paper.pk]))
    desk.post(reverse("admin:umkm_taxpaper_reject", args=[paper.pk]), {"reason": "Salinannya terlalu buram"})
    paper.refresh_from_db()
    assert (paper.state, paper.note) == (TaxPaperState.REJECTED, "Salinannya terlalu buram")


def test_a_stranger_sees_no_paper() -> None:
    paper = papers.sent(make.make_seller())
    page = signed_in(make.make_user())
    assert page.get(reverse("umkm:tax-paper-file", args=[paper.pk])).status_code == 404
    assert page.post(reverse("umkm:tax-paper-withdraw", args=[paper.pk])).status_code == 404


def test_a_verifier_is_told_of_what_hardly_can_be_true() -> None:
    shop = make.make_seller()
    years = rules.FINAL_YEARS.on(clock.today())
    at = clock.now()
    today = clock.local_date(at)
    long = papers.sent(shop, now=at, valid_until=date(today.year + years, 1, 1))
    longest = papers.sent(shop, now=at, number="2", valid_until=date(today.year + years - 1, 12, 31))
    assert len(pages.remarks_of(long)) == 1 and not pages.remarks_of(longest)
    statement = papers.shown(shop, "statement", now=at)
    assert str(statement) in pages.remarks_of(papers.sent(shop, "pkp", now=at))[0]


def test_a_shop_reads_what_follows_until_a_paper_counts_and_mends_a_refused_one() -> None:
    member, at = make.make_user(), clock.now()
    shop = make.make_seller(member)
    desk = signed_in(member)

    def text() -> str:
        return " ".join(desk.get(reverse("umkm:tax-papers")).text.split())

    papers.shown(shop, "pkp", now=at)
    assert "0,5% final" not in text() and "menyatakan diri PKP" not in text()
    paper = papers.sent(shop, now=at)
    assert "Sampai itu pajak dihitung tanpa surat ini" in text() and "0,5% final" not in text()
    officer = make.make_staff("umkm.verify_seller")
    services.open_paper(actor=officer, paper=paper, now=at)
    services.reject_paper(actor=officer, paper=paper, note="Nomornya lain di salinan", now=at)
    assert "tarif umum, bukan 0,5% final" in text()
    mended = desk.get(reverse("umkm:tax-papers") + f"?perbaiki={paper.pk}").text
    assert f'value="{paper.number}"' in mended
    next_year = date(clock.local_date(at).year + 1, 1, 1)
    papers.shown(shop, "statement", now=at, valid_from=next_year)
    assert "Belum berlaku." in text()
