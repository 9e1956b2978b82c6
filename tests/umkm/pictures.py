"""Pictures for tests: sharp and bright unless told otherwise, each `seed` another picture."""

import io
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def photo(seed: int = 1, size: tuple[int, int] = (900, 700), level: tuple[int, int] = (0, 255)) -> SimpleUploadedFile:
    """Coloured blocks between the two grey levels."""
    noise = random.Random(seed)
    small = Image.new("L", (24, 18))
    small.putdata([noise.randint(*level) for _ in range(24 * 18)])
    out = io.BytesIO()
    small.resize(size, Image.Resampling.NEAREST).convert("RGB").save(out, "JPEG", quality=88)
    return SimpleUploadedFile("foto.jpg", out.getvalue(), content_type="image/jpeg")
