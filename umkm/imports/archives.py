"""Photos in a ZIP, found by the names a file of goods gives them. Nothing is unpacked to disk; no name is a path."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as CannotInflate

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken

MOST_ENTRIES = 2_000
_ENCRYPTED = 0x1


class PhotoNames:
    """By its last part, whatever its case, each file of a ZIP; two of one name are nobody's."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.by_name: dict[str, list[ZipInfo]] = defaultdict(list)
        if len(archive.infolist()) > MOST_ENTRIES:
            raise RuleBroken(
                _("ZIP ini berisi lebih dari 2.000 berkas. Bagi menjadi beberapa ZIP."), code="zip_too_long"
            )
        for entry in archive.infolist():
            path = PurePosixPath(entry.filename.replace("\\", "/"))
            if not entry.is_dir() and "__MACOSX" not in path.parts and not path.name.startswith("."):
                self.by_name[path.name.casefold()].append(entry)

    def problem(self, name: str) -> str | None:
        """Why there is no photo of this name."""
        found = self.by_name.get(name.casefold(), [])
        if not found:
            return _("Tidak ada %(name)s di ZIP.") % {"name": name[:60]}
        if len(found) > 1:
            return _("Ada beberapa %(name)s di ZIP. Beri nama yang berbeda.") % {"name": name[:60]}
        if found[0].flag_bits & _ENCRYPTED:
            return _("%(name)s terkunci kata sandi. Buat ZIP tanpa kata sandi.") % {"name": name[:60]}
        return None

    def open(self, name: str) -> ContentFile:
        """At most one byte more than a photo may have, whatever the ZIP says of it. Raises RuleBroken."""
        if said := self.problem(name):
            raise RuleBroken(said, field="photo", code="photo_not_in_zip")
        (entry,) = self.by_name[name.casefold()]
        try:
            with self.archive.open(entry) as packed:
                return ContentFile(packed.read(settings.UPLOAD_MAX_BYTES + 1), name=name)
        except (BadZipFile, CannotInflate, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as problem:
            text = _("%(name)s di ZIP rusak. Buat ZIP-nya sekali lagi.") % {"name": name[:60]}
            raise RuleBroken(text, field="photo", code="zip_broken") from problem


@contextmanager
def opened(name: str) -> Iterator[PhotoNames | None]:
    """The ZIP of the private store; None without a name. Raises RuleBroken when it cannot be read."""
    if not name:
        yield None
        return
    with storages["private"].open(name) as file:
        try:
            archive = ZipFile(file)
        except (BadZipFile, OSError, ValueError) as problem:
            raise RuleBroken(_("ZIP ini rusak. Buat sekali lagi, lalu unggah."), code="zip_broken") from problem
        with archive:
            yield PhotoNames(archive)
