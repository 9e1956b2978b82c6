"""A bribe is reported without an account, read and answered by the inspectorate, and the answer read by the code.

Keys are made, complaints opened and answers sealed in the browsers; the server never holds a word.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epeken.core import clock
from procurement.disclosures import sealing, senders
from procurement.disclosures.models import Disclosure, DisclosureMessage, InspectorateKey
from procurement.disclosures.services import keys
from tests.browser.visitor import Visitor
from tests.factories import disclosures as make
from tests.factories.procurement import make_agency

Visit = Callable[..., Visitor]
PASSPHRASE = "kuda hijau membaca koran pagi"
WORDS = "Bendahara meminta amplop sebelum membayar"
MORE = "Kemarin ia menelepon lagi"
ANSWER = "Kami periksa bendaharanya minggu ini."
# What the page posts, the bytes of its files as text.
HEAR = """() => {
    const post = window.fetch;
    window.heard = [];
    window.fetch = async (address, what) => {
        for (const [, value] of what.body) heard.push(typeof value === "string" ? value : await value.text());
        return post(address, what);
    };
}"""


@pytest.fixture(autouse=True)
def _nobody_sent_yet() -> None:
    senders.forget()


def make_key(inspector: Visitor, folder: Path, name: str) -> Path:
    """In the browser: the file it gives, and the public half on its way."""
    inspector.open("/inspektorat/kunci/")
    inspector.fill(passphrase=PASSPHRASE, again=PASSPHRASE)
    inspector.page.get_by_role("button", name="Buat kunci di peramban ini").click()
    with inspector.page.expect_download() as given:
        inspector.page.get_by_role("link", name="Simpan berkas kunci").click()
    kept = folder / name
    given.value.save_as(kept)
    inspector.press("Berkas tersimpan, catat kuncinya").sees("Kunci tercatat")
    return kept


def confirm(second: Visitor) -> None:
    second.open("/inspektorat/kunci/").press("Sahkan kunci")
    second.fill(compared=True).press("Sahkan kunci", within="main").sees("Kunci disahkan")


def calm(visitor: Visitor) -> None:
    """What was pressed is done, and its button has its colours again."""
    visitor.page.locator("main [aria-busy=true]").wait_for(state="detached")
    ended = "Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null)))"
    visitor.page.evaluate(f"{ended}.then(() => null)")


def send(sender: Visitor, photo: Path) -> str:
    """What the page shows once: the code."""
    sender.fill(about="Bendahara Dinas Contoh", text="   ")
    sender.page.get_by_role("button", name="Segel dan kirim").click()
    sender.page.get_by_text("Apa yang terjadi: bagian ini belum diisi.").wait_for()
    sender.fill(text=WORDS).attach(sender.field("attachments"), photo)
    sender.page.get_by_role("button", name="Segel dan kirim").dblclick()
    sender.page.locator("[data-sent]").wait_for()
    sender.look()
    code = sender.page.locator("[data-sent-code]").inner_text()
    assert re.fullmatch(r"([0-9A-Z]{5}-){4}[0-9A-Z]{5}", code)
    return code


def unlock(inspector: Visitor, file: Path, passphrase: str = PASSPHRASE) -> None:
    inspector.attach(inspector.field("keyfile"), file)
    inspector.field("passphrase").fill(passphrase)
    inspector.page.get_by_role("button", name="Buka di peramban ini").click()
    calm(inspector)


def test_from_a_bribe_to_an_answer(visit: Visit, picture: Callable[[str], Path], tmp_path: Path) -> None:
    make_agency()
    people = [make.make_inspector(name=f"Inspektur {name}") for name in ("Satu", "Dua")]
    first, second = visit(width=360, height=800, accept_downloads=True), visit()
    sender = visit(width=360, height=800)
    sender.open("/lapor-aman/").sees("tidak ada kunci inspektorat yang berlaku")
    first.sign_in(people[0], second_factor=True).open("/dinas/")
    first.press("Pengaduan tersegel", within="main").sees("Tidak ada kunci yang berlaku")
    file = make_key(first, tmp_path, "kunci.json")
    kept = json.loads(file.read_text())
    key = InspectorateKey.objects.get()
    assert kept["public"] == key.public and kept["iterations"] >= 600_000
    second.sign_in(people[1], second_factor=True)
    confirm(second)

    sender.open("/bantuan/").press("Lapor dengan aman", within="main").sees("Apa yang dilindungi")
    sender.open("/bantuan/")
    asked: list[str] = []
    sender.page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    sender.open("/lapor-aman/#pesanan=PS-2026-000001").sees("disegel di peramban ini", key.fingerprint)
    assert sender.field("order").input_value() == "PS-2026-000001"
    sender.page.evaluate(HEAR)
    code = send(sender, picture("dapur"))
    found = Disclosure.objects.get()
    assert found.number in sender.said()
    sent = "".join([*sender.page.evaluate("heard"), *asked])
    assert found.number in sent, "what was posted was heard"
    assert not any(secret in sent for secret in (WORDS, code, code.replace("-", ""), "dapur.jpg", "JFIF", "PS-2026"))

    first.open("/inspektorat/pengaduan/").press(found.number)
    unlock(first, file, "bukan kata sandinya")
    first.sees("Kata sandi salah")
    assert not found.looks.exists()
    stranger = tmp_path / "lain.json"
    stranger.write_text(_other_key_file(first))
    unlock(first, stranger)
    first.sees("Kunci ini bukan untuk pengaduan ini")
    assert not found.looks.exists()
    unlock(first, file)
    first.sees(WORDS, "Bendahara Dinas Contoh", "PS-2026-000001").look()
    photo = first.page.locator("img.sealed__photo")
    assert photo.evaluate("e => e.decode().then(() => e.naturalWidth)") == 900
    first.field("text").fill(ANSWER)
    first.page.get_by_role("button", name="Segel dan kirim jawaban").click()
    calm(first)
    first.sees(ANSWER).look()
    assert first.page.locator("[data-state]").inner_text().endswith("Dijawab")
    # Opened once: that the page shows the answer which was just written is no opening.
    assert first.page.locator("[data-looks] li").count() == 1
    assert found.looks.filter(inspector=people[0]).count() == 1

    later = visit(width=360, height=800)
    later.open("/lapor-aman/lihat/").fill(code="0" * 25)
    later.page.get_by_role("button", name="Lihat").click()
    calm(later)
    later.sees("Tidak ada pengaduan dengan kode ini")
    later.fill(code=code.lower())
    later.page.get_by_role("button", name="Lihat").click()
    calm(later)
    later.sees(ANSWER, "Dijawab").look()
    later.fill(text=MORE)
    later.page.get_by_role("button", name="Segel dan kirim tambahan").click()
    calm(later)
    later.sees("Tambahan Anda tersimpan tersegel").look()

    # Without scripts the same code opens the same answer, and what it adds is read by the same key.
    plain = visit(width=360, height=800, java_script_enabled=False)
    plain.open("/lapor-aman/lihat/").fill(code=code).press("Lihat").sees(ANSWER, "Peramban ini tanpa skrip")
    plain.fill(text="Tanpa skrip").press("Segel dan kirim tambahan").sees("Tambahan Anda tersimpan tersegel")
    first.open("/inspektorat/pengaduan/").sees("Ada tambahan pengirim yang belum dibuka")
    first.press(found.number)
    unlock(first, file)
    first.sees(WORDS, MORE, "Tanpa skrip", ANSWER)
    assert "Bukan dari pengirim" not in first.said()
    first.press("Tutup pengaduan").sees("ditutup")
    plain.open("/lapor-aman/lihat/").fill(code=code).press("Lihat").sees("Inspektorat menutupnya")
    assert found.messages.count() == 4


def test_what_was_changed_or_put_in_by_others_is_not_shown_as_the_senders(visit: Visit, tmp_path: Path) -> None:
    inspector, other = make.make_inspector(name="Inspektur Satu"), make.make_inspector()
    first = visit(accept_downloads=True)
    first.sign_in(inspector, second_factor=True)
    file = make_key(first, tmp_path, "kunci.json")
    key = keys.confirm_key(actor=other, key=InspectorateKey.objects.get(), now=clock.now())
    found = make.make_disclosure(key, sealing.new_code(), text=WORDS)
    changed = bytearray(bytes(found.messages.get().sealed))
    changed[-20] ^= 1
    DisclosureMessage.objects.create(
        disclosure=found, part="addition", day=found.day, sealed=bytes(changed), key=key, token="1"
    )
    # Sealed by somebody who knows the number and the public key, and not the code.
    given = sealing.keys_of(sealing.new_code())
    plain = sealing.packed(about="", order="", text="Saya mencabutnya", answers=given.answers, files=[])
    sealed = sealing.seal(sealing.public_key(key.public), plain, number=found.number, part="addition")
    DisclosureMessage.objects.create(
        disclosure=found, part="addition", day=found.day, sealed=sealed, key=key, token="2"
    )
    first.open(f"/inspektorat/pengaduan/{found.number}/")
    unlock(first, file)
    first.sees(WORDS, "Tidak dapat dibuka: diubah sesudah disegel", "Bukan dari pengirim pengaduan ini").look()


def _other_key_file(visitor: Visitor) -> str:
    """Made as the page makes it, and proposed to nobody."""
    made: Any = visitor.page.evaluate(
        "async (words) => (await (await import('/static/js/sealing.js')).newKeyFile(words)).text", PASSPHRASE
    )
    return str(made)
