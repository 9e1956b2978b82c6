"""Pictures for tests: sharp and bright unless told otherwise, each `seed` another picture."""

import io
import random
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from umkm.catalogue.models import Product, ProductPhoto


def photo(seed: int = 1, size: tuple[int, int] = (900, 700), level: tuple[int, int] = (0, 255)) -> SimpleUploadedFile:
    """Coloured blocks between the two grey levels."""
    noise = random.Random(seed)
    small = Image.new("L", (24, 18))
    small.putdata([noise.randint(*level) for _ in range(24 * 18)])
    out = io.BytesIO()
    small.resize(size, Image.Resampling.NEAREST).convert("RGB").save(out, "JPEG", quality=88)
    return SimpleUploadedFile("foto.jpg", out.getvalue(), content_type="image/jpeg")


def as_before(photo: ProductPhoto) -> ProductPhoto:
    """The row as it was stored when a picture had two files, without a colour in their names."""
    with default_storage.open(photo.image) as file:
        data = file.read()
    token = uuid.uuid4().hex
    large, small = (
        default_storage.save(f"products/{token[:2]}/{token}-{side}.webp", ContentFile(data)) for side in (1280, 640)
    )
    Product.objects.filter(picture=photo.small).update(picture=small)
    ProductPhoto.objects.filter(pk=photo.pk).update(image=large, small=small)
    photo.refresh_from_db()
    return photo
