"""What a check finds, before an officer decides: a code and its parameters, put into words for whoever reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from epeken.core.errors import require
from epeken.core.i18n.messages import Message


class CheckResult(TextChoices):
    PASS = "pass", pgettext_lazy("hasil pemeriksaan", "Sesuai")
    WARN = "warn", _("Perlu dilihat")
    FAIL = "fail", _("Tidak sesuai")


@dataclass(frozen=True)
class Finding:
    """`parameters` are kept as the code's message keeps them."""

    result: str
    code: str
    parameters: dict[str, Any] = field(default_factory=dict)
    # The row it names, for whoever compares; not kept.
    named: Any = field(default=None, compare=False)


class FindingMessages(dict[str, Message]):
    """By code, what the findings of a kind of check say."""

    def passed(self, code: str, **values: Any) -> Finding:
        return self._found(CheckResult.PASS, code, values)

    def warned(self, code: str, **values: Any) -> Finding:
        return self._found(CheckResult.WARN, code, values)

    def failed(self, code: str, **values: Any) -> Finding:
        return self._found(CheckResult.FAIL, code, values)

    def _found(self, result: str, code: str, values: Mapping[str, Any]) -> Finding:
        return Finding(result, code, self[code].keep(values))

    def words(self, code: str, parameters: Mapping[str, Any], language: str = "") -> str:
        """The finding in the language; default: the city's."""
        return self[code].words(parameters, language or settings.LANGUAGE_CODE)[0]


def require_acknowledged(unacknowledged: int) -> None:
    """Raises RuleBroken `findings_open` while findings wait for an officer to take note of them."""
    require(
        not unacknowledged,
        ngettext(
            "Masih ada %(n)d temuan otomatis yang belum ditandai sudah diperiksa.",
            "Masih ada %(n)d temuan otomatis yang belum ditandai sudah diperiksa.",
            unacknowledged,
        )
        % {"n": unacknowledged},
        code="findings_open",
    )
