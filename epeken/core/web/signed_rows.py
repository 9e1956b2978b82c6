"""A file is taken in two steps: a page shows what it would do, and its button sends back exactly what was shown."""

from dataclasses import astuple
from typing import Any, ClassVar, Self

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from epeken.core.web.forms import HouseForm, LineField

CONFIRM_WITHIN = 3600  # seconds a preview may lie open


class SignedRowsForm(HouseForm):
    """The rows of a preview, signed for the one who saw it. `row`: their dataclass, whose values JSON can hold.

    Its other fields are hidden, and filled from the form the file came with. Cleaned, the rows are `wanted`.
    """

    salt: ClassVar[str]
    row: ClassVar[type]

    shown = LineField(max_length=64, widget=forms.HiddenInput)
    lines = LineField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer = signing.TimestampSigner(salt=f"{self.salt}.{actor}")

    @classmethod
    def holding(cls, wanted: list[Any], shown: str, form: forms.Form, *, actor: int) -> Self:
        """`shown`: the digest of what the preview shows."""
        made = cls(actor=actor)
        made.initial = {name: form[name].value() for name in made.fields if name in form.fields}
        made.initial |= {
            "shown": shown,
            "lines": made.signer.sign_object([astuple(line) for line in wanted], compress=True),
        }
        return made

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            rows = self.signer.unsign_object(values.pop("lines", ""), max_age=CONFIRM_WITHIN)
        except signing.BadSignature:
            raise ValidationError(_("Pratinjau ini sudah kedaluwarsa. Unggah berkasnya sekali lagi.")) from None
        values["wanted"] = [self.row(*row) for row in rows]
        return values
