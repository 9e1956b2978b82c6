"""A field for a photo asks the phone, which offers the camera and the pictures it already has."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def test_no_photo_field_forces_the_camera() -> None:
    forced = [
        path.name
        for folder, kind in (("templates", "*.html"), ("static/js", "*.js"))
        for path in (ROOT / folder).rglob(kind)
        if re.search(r"\scapture(=|>|\s)|\.capture\b|setAttribute\(.capture", path.read_text())
    ]
    widgets = [path for path in ROOT.glob("[eou]*/**/*.py") if re.search(r"[\"']capture[\"']\s*:", path.read_text())]
    assert (forced, widgets) == ([], [])
