"""Shape and text of a request and of the decision on it. Rules that need the database are in the services."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from epeken.core import editing
from epeken.core.reasons import LEAST_REASON
from epeken.core.web.editing import EditForm
from epeken.core.web.forms import (
    DayFormField,
    FilterForm,
    HouseForm,
    KeyedForm,
    LineField,
    MomentFormField,
    WholeFormField,
)
from epeken.core.web.wards import WardField
from procurement.agencies.models import Agency
from procurement.budgets.models import BudgetLine
from procurement.guards import about
from procurement.guards.concerns import Concern
from procurement.guards.models import GuardFinding
from procurement.guards.services import NO_ANSWERS, Answer
from procurement.guards.states import APPROVES, EXPLAINED, REFUSES, SPLITS, Choice
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.next_step import OrderedStanding
from procurement.requests.services import drafts
from procurement.requests.states import CeilingOutcome, EventKind, RequestState
from procurement.sourcing.forms import LineChoice, line_label

MERGING = _(
    "Menggabungkan: draf ini tidak dikirim, dan tidak ada permintaan lain yang berubah sendiri. Tarik dahulu yang "
    "masih menunggu keputusan (tanda tangannya gugur), lalu pesan semuanya dalam satu permintaan. Yang sudah "
    "disetujui atau dipesan tidak dapat ditambah."
)


class RequestForm(EditForm):
    """The event and who pays. Only the title is compulsory: `BEFORE_SENDING` may come later, the others never."""

    # Without these the request cannot be sent (`obstacles`).
    BEFORE_SENDING = ("line", "deliver_at", "delivery_place", "delivery_kelurahan")

    title = LineField(label=_("Nama kegiatan"), max_length=120)
    purpose = forms.CharField(
        label=_("Keperluan"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu kalimat; dibaca pejabat yang menyetujui."),
    )  # fmt: skip
    line = LineChoice(
        label=_("Mata anggaran"),
        queryset=BudgetLine.objects.none(),
        required=False,
        empty_label=_("Pilih mata anggaran"),
    )
    event_kind = forms.ChoiceField(
        label=_("Jenis kegiatan"),
        choices=[("", _("Menurut mata anggaran")), *EventKind.choices],
        required=False,
        help_text=_("Menentukan lampiran yang wajib ada sebelum dibayar, misalnya notulen untuk rapat."),
    )
    event_at = MomentFormField(label=_("Acara mulai"), required=False)
    event_place = LineField(label=_("Tempat acara"), max_length=160, required=False)
    attendees = WholeFormField(
        label=_("Jumlah peserta"), required=False, min_value=1, max_value=100_000, suffix=_("orang")
    )
    deliver_at = MomentFormField(label=_("Barang tiba paling lambat"), required=False)
    delivery_place = LineField(label=_("Alamat antar"), max_length=200, required=False)
    delivery_kelurahan = WardField(label=_("Kelurahan"), required=False)

    def __init__(
        self, *args: Any, agency: Agency, day: date, wanted: int = 0, is_quoted: bool = False, **kwargs: Any
    ) -> None:
        """`wanted`: what the goods of the draft cost, for what would be left of each budget line. `is_quoted`: it buys
        the award of a request for quotation."""
        super().__init__(*args, **kwargs)
        lines = BudgetLine.objects.spendable(agency, day).select_related("account")
        field: Any = self.fields["line"]
        field.wanted = wanted
        field.queryset = lines.order_by("year", "account", "pk")
        for name in self.BEFORE_SENDING:
            needed: Any = self.fields[name]
            needed.needed_to_send = True
        for name in drafts.FIXED_BY_QUOTATION if is_quoted else ():
            self.fields[name].disabled = True
            self.fields[name].help_text = _("Ditawar bersama harganya, jadi tetap.")


class NewRequestForm(KeyedForm, RequestForm):
    """However often it is sent, it makes one draft."""

    def typed(self) -> dict[str, Any]:
        return {name: value for name, value in super().typed().items() if name != "key"}


class ChargeForm(HouseForm):
    """Which budget line pays for which goods: a field for each of the goods (`drafts.payer_field`)."""

    def __init__(
        self,
        *args: Any,
        request: PurchaseRequest,
        goods: Iterable[RequestLine],
        lines: Iterable[BudgetLine],
        **kwargs: Any,
    ) -> None:
        """`lines`: those the department may spend, the request's own among them."""
        super().__init__(*args, **kwargs)
        self.goods = {drafts.payer_field(line.product_id): line for line in goods}
        self.lines = {line.pk: line for line in lines}
        self.main = request.line_id
        self.shown_now = editing.shown_of(drafts.payers_of(request, self.goods.values()))
        choices = [(pk, line_label(line)) for pk, line in self.lines.items()]
        for name, line in self.goods.items():
            self.fields[name] = forms.TypedChoiceField(
                label=line.name,
                choices=choices,
                coerce=int,
                initial=line.charged_to_id or self.main,
                error_messages={"invalid_choice": _("Pilih salah satu mata anggaran dinas Anda di daftar.")},
            )

    @property
    def payers(self) -> dict[int, BudgetLine | None]:
        """By product pk; None: the request's own."""
        return {
            self.goods[name].product_id: None if pk == self.main else self.lines[pk]
            for name, pk in self.cleaned_data.items()
            if name in self.goods
        }


def _reason_hint(concern: Concern) -> str:
    if Choice.MERGE in concern.choices:
        return gettext("Wajib, paling sedikit %(least)d huruf; tidak perlu bila Anda menggabungkan.") % {
            "least": LEAST_REASON
        }
    return gettext("Wajib, paling sedikit %(least)d huruf.") % {"least": LEAST_REASON}


class SubmitForm(KeyedForm):
    """The key, and an answer to each warning: `choice_<key>`, `reason_<key>`. The request is on the page already."""

    FORM = "kirim-permintaan"  # the boxes stand above the bar that holds the form

    def __init__(
        self,
        *args: Any,
        concerns: Iterable[Concern] = (),
        unchosen: Iterable[str] = (),
        earlier: Mapping[str, Answer] = NO_ANSWERS,
        **kwargs: Any,
    ) -> None:
        """`unchosen`: what the template of the draft asks for and the draft does not hold; `earlier`: what was answered
        when it was sent before."""
        super().__init__(*args, **kwargs)
        self.concerns = list(concerns)
        self.unchosen = list(unchosen)
        if self.unchosen:
            self.fields["leaves_out"] = forms.BooleanField(
                label=_("Kirim tanpa %(goods)s") % {"goods": "; ".join(self.unchosen)},
                widget=forms.CheckboxInput(attrs={"form": self.FORM}),
                required=False,
            )
        for concern in self.concerns:
            self.fields[f"choice_{concern.key}"] = forms.ChoiceField(
                label=_("Pilihan Anda"),
                choices=[(choice.value, choice.label) for choice in concern.choices],
                widget=forms.RadioSelect(attrs={"form": self.FORM}),
                required=False,
                help_text=MERGING if Choice.MERGE in concern.choices else "",
            )
            self.fields[f"reason_{concern.key}"] = forms.CharField(
                label=_("Alasan"),
                max_length=300,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300, "form": self.FORM}),
                help_text=_reason_hint(concern),
            )
            if (answer := earlier.get(concern.key)) and answer.choice in concern.choices:
                self.initial.update({f"choice_{concern.key}": answer.choice, f"reason_{concern.key}": answer.reason})

    @property
    def answers(self) -> dict[str, Answer]:
        return {
            concern.key: Answer(values[f"choice_{concern.key}"], values[f"reason_{concern.key}"])
            for concern in self.concerns
            if (values := self.cleaned_data).get(f"choice_{concern.key}")
        }

    @property
    def leaves_out_box(self) -> forms.BoundField | None:
        return self["leaves_out"] if self.unchosen else None

    @property
    def to_answer(self) -> int:
        """Warnings without a choice, or without the reason it needs."""
        return sum(not self._is_answered(concern.key) for concern in self.concerns)

    def _is_answered(self, key: str) -> bool:
        choice, reason = self[f"choice_{key}"].value(), self[f"reason_{key}"].value() or ""
        return bool(choice) and (choice == Choice.MERGE or len(reason.strip()) >= LEAST_REASON)

    @property
    def may_escalate(self) -> bool:
        """Whether an answer can give the decision to another office than the amount does."""
        return any(Choice.ESCALATE in concern.choices for concern in self.concerns)

    @property
    def merged(self) -> list[str]:
        return [key for key, answer in self.answers.items() if answer.choice == Choice.MERGE]

    @property
    def guards(self) -> list[dict[str, Any]]:
        return [
            {
                "concern": concern,
                "choice": self[f"choice_{concern.key}"],
                "reason": self[f"reason_{concern.key}"],
                "notes": [
                    {
                        "href": reverse("procurement:request-detail", args=[number]),
                        "link": number,
                        "text": "{}. {}".format(
                            concern.told[number],
                            gettext("Sudah dipesan, jadi tidak dapat digabungkan lagi.")
                            if number in concern.ordered
                            else gettext(
                                "Untuk menggabungkan, tarik permintaan itu (persetujuan dan tanda tangannya gugur), "
                                "lalu tambahkan barangnya di draf ini."
                            ),
                        ),
                    }
                    for number in concern.others
                ],
            }
            for concern in self.concerns
        ]


class WithdrawForm(HouseForm):
    note = forms.CharField(label=_("Alasan"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class CeilingAnswerForm(HouseForm):
    """The head's answer to a requester who asked for a higher ceiling."""

    outcome = forms.ChoiceField(
        label=_("Jawaban"),
        choices=[
            (CeilingOutcome.PUT, _("Sudah saya ajukan ke pengelola anggaran kota")),
            (CeilingOutcome.DECLINED, _("Tidak saya ajukan")),
        ],
        widget=forms.RadioSelect,
    )
    reference = LineField(
        label=_("Nomor surat pengajuan"), max_length=80, required=False, help_text=_("Bila sudah diajukan.")
    )
    sent_on = DayFormField(label=_("Tanggal surat"), required=False, help_text=_("Bila sudah diajukan."))
    reason = forms.CharField(
        label=_("Alasan tidak diajukan"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Bila tidak diajukan; pemesan membacanya."),
    )  # fmt: skip


class SourceAgainForm(HouseForm):
    deliver_at = MomentFormField(label=_("Barang tiba paling lambat"))


class SendBackForm(KeyedForm):
    note = forms.CharField(
        label=_("Yang perlu diperbaiki"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300})
    )


class ApprovalForm(KeyedForm):
    """Which lines stay, why others fall out, how warnings are answered, and the decision.

    Fields per line: `keep_<pk>`, `reason_<pk>`; per warning: `outcome_<pk>`. `signs`: their signature comes before the
    decision, of somebody who judges no warning.
    """

    APPROVE, SIGN, SEND_BACK, REJECT, PREVIEW = "approve", "sign", "send_back", "reject", "preview"

    note = forms.CharField(
        label=_("Catatan untuk pemesan"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    decision = forms.ChoiceField(
        choices=[(APPROVE, ""), (SIGN, ""), (SEND_BACK, ""), (REJECT, ""), (PREVIEW, "")],
        widget=forms.HiddenInput,
        required=True,
        error_messages={
            "required": _("Pilih salah satu tombol keputusan."),
            "invalid_choice": _("Pilih salah satu tombol keputusan."),
        },
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        lines: Iterable[RequestLine],
        findings: Iterable[GuardFinding] = (),
        signs: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        self.findings = sorted(findings, key=lambda finding: finding.weight)
        self.fields["note"].help_text = self._note_help(signs=signs)
        for finding in self.findings:
            self.fields[f"outcome_{finding.pk}"] = forms.ChoiceField(
                label=_("Penilaian Anda"),
                choices=[(outcome.value, outcome.label) for outcome in dict.fromkeys((*APPROVES, *REFUSES))],
                widget=forms.RadioSelect,
                required=False,
                help_text=_("Bila Anda meloloskannya, tulis mengapa di catatan Anda.")
                if finding.kind in EXPLAINED
                else "",
            )
        for line in self.lines:
            self.fields[f"keep_{line.pk}"] = forms.BooleanField(label=line.name, required=False, initial=True)
            self.fields[f"reason_{line.pk}"] = LineField(
                label=_("Alasan melepas %(name)s") % {"name": line.name}, max_length=200, required=False
            )

    def _note_help(self, *, signs: bool) -> str:
        """When it must be written, by the warnings there are. `signs`: this person judges none."""
        kinds = set() if signs else {finding.kind for finding in self.findings} & set(EXPLAINED)
        if not kinds:
            return gettext("Boleh kosong bila Anda setuju; wajib bila mengembalikan atau menolak.")
        if not kinds & set(SPLITS):
            return gettext("Wajib bila Anda meloloskan peringatan harga, mengembalikan, atau menolak.")
        if kinds <= set(SPLITS):
            return gettext("Wajib bila Anda meloloskan pemecahan paket, mengembalikan, atau menolak.")
        return gettext("Wajib bila Anda meloloskan pemecahan paket atau peringatan harga, mengembalikan, atau menolak.")

    @property
    def outcomes(self) -> dict[int, str]:
        """By the finding's pk, the officer's answers. Readable before validation too, as `dropped`."""
        return {
            finding.pk: outcome
            for finding in self.findings
            if self.is_bound and (outcome := str(self.data.get(self.add_prefix(f"outcome_{finding.pk}"), "")))
        }

    @property
    def guards(self) -> list[dict[str, Any]]:
        kept = [line for line in self.lines if line.dropped_at is None]
        others = about.others_of(self.findings, kept)
        return [
            {
                "finding": finding,
                "outcome": self[f"outcome_{finding.pk}"],
                "who": finding.chosen_words,
                "said": finding.reason,
                "notes": [
                    {
                        "text": gettext("Di permintaan ini: %(about)s.")
                        % {"about": about.words(about.lines_of(finding, kept))}
                    },
                    *(
                        {"text": gettext("Tiba %(when)s.") % {"when": about.where_and_when(kept[0].request)}}
                        for _other in others.get(finding.pk, [])[:1]
                    ),
                    *(
                        {
                            "href": reverse("procurement:request-detail", args=[other["number"]]),
                            "link": other["number"],
                            "text": other["text"],
                        }
                        for other in others.get(finding.pk, [])
                    ),
                ],
            }
            for finding in self.findings
        ]

    @property
    def written(self) -> str:
        """The note. Readable before validation too, as `dropped`."""
        return str(self.data.get(self.add_prefix("note"), "")) if self.is_bound else ""

    @property
    def dropped(self) -> dict[int, str]:
        """Line pk → reason, of the lines whose tick is gone. Readable before validation too, for the running sum."""
        return {
            line.pk: str(self.data.get(self.add_prefix(f"reason_{line.pk}"), "")).strip()[:200]
            for line in self.lines
            if self.is_bound and not self.data.get(self.add_prefix(f"keep_{line.pk}"))
        }

    @property
    def rows(self) -> list[dict[str, Any]]:
        gone = self.dropped
        return [
            {
                "line": line,
                "keep": self[f"keep_{line.pk}"],
                "reason": self[f"reason_{line.pk}"],
                "dropped": line.pk in gone,
            }
            for line in self.lines
        ]


class RequestFilter(FilterForm):
    q = LineField(label=_("Cari"), max_length=60, required=False)
    keadaan = forms.ChoiceField(
        label=_("Keadaan"),
        choices=[("", _("Semua keadaan")), *RequestState.choices, *OrderedStanding.choices],
        required=False,
    )
    milik = forms.ChoiceField(
        label=_("Pemesan"), choices=[("", _("Semua pemesan")), ("saya", _("Permintaan saya"))], required=False
    )
