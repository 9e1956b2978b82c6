"""What may enter the stores, and what is left of it."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from epeken.core import uploads
from epeken.core.errors import RuleBroken
from epeken.core.models import Upload
from epeken.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stores(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            **settings.STORAGES["private"],
            "OPTIONS": {**settings.STORAGES["private"]["OPTIONS"], "location": tmp_path / "private"},
        },
    }


@pytest.fixture
def sender() -> User:
    return User.objects.create_user("pengunggah@contoh.invalid", "x", name="Bu Pengunggah")


def picture(size: tuple[int, int] = (300, 200), kind: str = "JPEG", **options: Any) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return SimpleUploadedFile("foto.jpg", out.getvalue())


def test_public_image_is_webp_in_every_side_without_metadata(sender: User, settings: Any) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    exif[0x9286] = "-7.2575,112.7521"
    made = uploads.store_public_image(picture((2000, 1000), exif=exif), user=sender, folder="products")
    assert [(s.content_type, s.width, s.height) for s in made] == [
        ("image/webp", 1280, 640),
        ("image/webp", 640, 320),
    ]
    for stored in made:
        data = (Path(settings.MEDIA_ROOT) / stored.name).read_bytes()
        assert b"Kamera" not in data and b"EXIF" not in data
        assert Image.open(io.BytesIO(data)).format == "WEBP"
    assert uploads.used_by(sender) == sum(s.size for s in made)


def test_square_cuts_the_middle_and_never_enlarges(sender: User) -> None:
    (stored,) = uploads.store_public_image(picture((500, 300)), user=sender, folder="p", sides=(640,), square=True)
    assert (stored.width, stored.height) == (300, 300)


def test_rotation_of_the_camera_is_applied(sender: User) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = uploads.store_private_image(picture((300, 200), exif=exif), user=sender, folder="evidence")
    assert (stored.width, stored.height) == (200, 300)


def test_private_file_is_readable_by_owner_and_group_only(sender: User, settings: Any) -> None:
    stored = uploads.store_private_image(picture(), user=sender, folder="evidence")
    path = Path(settings.PRIVATE_ROOT) / stored.name
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.parent.stat().st_mode & 0o007 == 0


def test_html_named_jpg_is_refused_and_nothing_kept(sender: User, settings: Any) -> None:
    page = SimpleUploadedFile("foto.jpg", b"<html><script>alert(1)</script></html>", content_type="image/jpeg")
    with pytest.raises(RuleBroken) as refusal:
        uploads.store_private_image(page, user=sender, folder="evidence")
    assert refusal.value.field == "photo"
    assert Upload.objects.count() == 0
    assert not Path(settings.PRIVATE_ROOT).exists()
