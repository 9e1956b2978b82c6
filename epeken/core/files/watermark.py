"""Identity cards on a screen carry the officer's name: a photo of the screen says where it came from."""

import io

from django.http import Http404
from PIL import Image, ImageDraw, ImageFont

from epeken.core.files.uploads import read_private


def stamped(name: str, words: str) -> bytes:
    """The private picture as JPEG with `words` across it. Raises Http404 when the store has lost the file."""
    try:
        data = read_private(name)
    except FileNotFoundError:
        raise Http404(name) from None
    with Image.open(io.BytesIO(data)) as kept:
        image = kept.convert("RGB")
    size = max(14, image.width // 36)
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    font = ImageFont.load_default(size)
    plain = words.encode("latin-1", "replace").decode("latin-1")
    for row, top in enumerate(range(size, image.height, size * 5)):
        pen.text((size + (row % 2) * size * 6, top), plain, font=font, fill=(179, 50, 31, 120))
    out = io.BytesIO()
    Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()
