"""Uploads that lie in memory alone, whatever their size: what is sealed before it is stored is on no disk before."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler

from epeken.core import registry

MOST = settings.UPLOAD_MAX_BYTES + 2 * 1024 * 1024  # bytes kept of a whole request


class UnlinkedUploadHandler(MemoryFileUploadHandler):
    """Django's own, for every size, at the paths where nothing may be kept; elsewhere it takes no part.

    Beyond `MOST` bytes are counted and not kept: the size of the file then says that it is too large.
    """

    taken = 0

    def handle_raw_input(self, *given: Any, **named: Any) -> None:
        self.activated = self.request is not None and self.request.path.startswith(registry.unlinked_paths())

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self.activated:
            return raw_data
        self.taken += len(raw_data)
        if self.taken <= MOST:
            self.file.write(raw_data)
        return None
