"""How a picture looks, in figures: what the checks and the upload ask."""

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageFilter, ImageStat

from epeken.core.errors import require
from umkm.verification import checks

LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
LOOKED_AT = 640


def figures_of(data: bytes) -> tuple[float, float]:
    """Mean brightness (0–255) and variance of the Laplacian."""
    with Image.open(io.BytesIO(data)) as image:
        grey = image.convert("L")
        grey.thumbnail((LOOKED_AT, LOOKED_AT))
        # The filter leaves the outermost pixels as they were; they would look like edges.
        edges = grey.filter(LAPLACIAN).crop((1, 1, max(2, grey.width - 1), max(2, grey.height - 1)))
        return ImageStat.Stat(grey).mean[0], ImageStat.Stat(edges).var[0]


def check_shows(data: bytes) -> None:
    """A picture of one colour shows nothing, whoever looks at it. Raises: RuleBroken."""
    _brightness, sharpness = figures_of(data)
    require(
        sharpness >= checks.EMPTY,
        _("Foto ini kosong: satu warna seluruhnya. Pastikan lensanya terbuka dan tempatnya terang, lalu foto lagi."),
        field="file",
        code="picture_empty",
    )
