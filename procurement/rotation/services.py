"""A draw is announced with its list, then drawn from a seed that nobody chose; its first owner goes into the draft.

The secret is made before the list is published and committed to by its hash; the public value comes about after that.
Whoever types the value does not know the secret, and who keeps the secret does not know the value: only both together
could look for a pleasing result, and a value that is not the published one is seen by anybody.
"""

import re
import secrets
from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.canonical import text_fingerprint
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.i18n.times import long_time
from epeken.core.i18n.words import rupiah
from epeken.core.numbers import next_number
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.models import User
from procurement.agencies.models import Agency
from procurement.agencies.states import OfficerRole
from procurement.requests import contents, policies
from procurement.requests.contents import goods_of
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import drafts
from procurement.requests.states import ENDED, OPEN, ChoiceReason
from procurement.rotation import drawing, lists, notices, results, rules
from procurement.rotation.models import RotationDraw, RotationEntrant, RotationPass, RotationPlace
from procurement.rotation.states import DrawCancelReason, DrawState, LeftOut
from umkm.catalogue.models import Product

VALUE = re.compile(r"[0-9][0-9.,]{2,29}", flags=re.ASCII)


@service
def announce_draw(*, actor: User, request: PurchaseRequest, product: Product, now: datetime) -> RotationDraw:
    """The list of those equally able to bring the line's goods is published, with the commitment to a secret.

    Once for goods of a request, also after a draw of them was called off; and not while an earlier result of the
    department for such goods was neither followed nor is old (dated rule). A second call returns the draw.
    Raises: NotAllowed, InvalidMove, RuleBroken `unknown_line`, `draw_many`, `draw_no_day`, `draw_too_much`,
    `draw_few`, `draw_again`. Locks: Agency, PurchaseRequest.
    """
    Agency.objects.locked().get(pk=request.agency_id)  # two drafts do not try their luck at once
    request = drafts.locked_draft(actor, request, now)
    drafts.check_goods_open(request)
    held = contents.read(request, now)
    lines = [line for line in held.kept if line.product_id == product.pk]
    require(lines, _("Barang ini sudah tidak ada di permintaan. Muat ulang halaman."), code="unknown_line")
    line, day = lines[0], clock.local_date(now)
    goods = goods_of(line.product)
    before = RotationDraw.objects.of_goods(request, goods).first()
    if before is not None:
        if before.state == DrawState.ANNOUNCED:
            return before
        raise InvalidMove(
            _("Barang sejenis di permintaan ini sudah diundi atau undiannya dibatalkan (%(number)s); tidak diulang.")
            % {"number": before.number}
        )
    require(
        sum(goods_of(one.product) == goods for one in held.kept) == 1,
        _("Barang sejenis ada di beberapa baris. Jadikan satu baris dahulu, lalu undi."),
        code="draw_many",
    )
    most = rules.MOST.on(day)
    require(
        line.amount <= most,
        _("Undian giliran untuk belanja rutin sampai %(most)s, sedangkan baris ini %(sum)s. Bandingkan penawarannya.")
        % {"most": rupiah(most), "sum": rupiah(line.amount)},
        code="draw_too_much",
    )
    draw_from = clock.due_after_working_days(now, rules.WAIT.on(day))
    require(
        request.deliver_at is not None and request.delivery_kelurahan_id and request.deliver_at > draw_from,
        _("Undian ditarik sesudah %(when)s. Isi waktu tiba sesudah itu dan alamat antarnya.")
        % {"when": long_time(clock.told_end(draw_from))},
        code="draw_no_day",
    )
    assert request.deliver_at is not None
    _check_not_again(request, goods, now)
    turns = lists.turn_list(request, held, line, now)
    require(
        turns.is_enough,
        _("Hanya %(have)d pemilik sanggup dengan biaya setara, sedangkan undian perlu %(least)d. Pilih dari pasar.")
        % {"have": len(turns.entrants), "least": turns.least},
        code="draw_few",
    )
    secret = secrets.token_hex(32)
    number = next_number("UG", day.year)
    text = lists.listed(
        turns, request, number=number, commitment=text_fingerprint(secret), opened_at=now, draw_from=draw_from
    )
    draw = RotationDraw.objects.create(
        number=number, request=request, category_id=goods[0], unit=goods[1], quantity=line.quantity,
        deliver_at=request.deliver_at, place=request.delivery_kelurahan_id or "", opened_at=now, draw_from=draw_from,
        commitment=text_fingerprint(secret), secret=secret, list_text=text, list_hash=text_fingerprint(text),
    )  # fmt: skip
    begin(draw, actor=actor, now=now, acted_as=OfficerRole.REQUESTER)
    rows = [(n, one) for n, one in enumerate(turns.entrants, start=1)]
    RotationEntrant.objects.bulk_create(
        RotationEntrant(
            draw=draw, number=n, owner_id=one.owner, seller=one.offer.seller, product=one.offer.product,
            cost=one.offer.total, orders=one.orders, weight=one.weight, left_out="" if n else LeftOut.TIED,
        )
        for n, one in [*rows, *((None, one) for one in turns.left_out)]
    )  # fmt: skip
    notices.announced(RotationDraw.objects.with_list().get(pk=draw.pk), now=now)
    return draw


@service
def make_draw(*, actor: User, draw: RotationDraw, public_value: str, now: datetime) -> RotationDraw:
    """The seed and the order are there for good, and the first who can still deliver stands in the draft.

    Each seller on the list is told its place. Refused while the request asks for something else than was published.
    The same value once more changes nothing.
    Raises: NotAllowed, InvalidMove, RuleBroken `draw_early`, `value_wrong`, `draw_changed` and those of a line that is
    put in. Locks: PurchaseRequest, RotationDraw.
    """
    value = public_value.strip()
    request = drafts.locked_draft(actor, draw.request, now)
    draw = _locked(draw)
    if draw.state == DrawState.DRAWN and draw.public_value == value:
        return draw
    if draw.state == DrawState.DRAWN:
        raise InvalidMove(_("Undian ini sudah ditarik dan tidak diulang."))
    draw.machine.after(draw.state, "draw")
    require(
        clock.is_over(draw.draw_from, now),
        _("Undian ditarik sesudah %(when)s: nilai publiknya belum ada saat daftar diumumkan.")
        % {"when": long_time(clock.told_end(draw.draw_from))},
        code="draw_early",
    )
    require(
        VALUE.fullmatch(value),
        _("Tulis angkanya seperti diterbitkan, misalnya 7.123,45."),
        field="public_value",
        code="value_wrong",
    )
    why = results.unlike(draw, request, lists.lines_of(draw, request, now))
    require(
        not why,
        _("%(why)s Kembalikan seperti yang diumumkan, atau batalkan undian dengan alasan.") % {"why": why},
        code="draw_changed",
    )
    seed = drawing.seed_of(draw.list_hash, draw.secret, value)
    entrants = {one.number: one for one in draw.entrants.all() if one.number}
    order = drawing.drawn_order(seed, [(number, one.weight) for number, one in sorted(entrants.items())])
    RotationPlace.objects.bulk_create(
        RotationPlace(entrant=entrants[number], place=place) for place, number in enumerate(order, start=1)
    )
    move(
        draw, "draw", actor=actor, now=now, acted_as=OfficerRole.REQUESTER,
        public_value=value, seed=seed, drawn_at=now,
    )  # fmt: skip
    _take_turn(actor, _locked(draw), request, now)
    made = _locked(draw)
    notices.drawn(made, now=now)
    return made


@service
def pass_turn(*, actor: User, draw: RotationDraw, now: datetime) -> RotationDraw:
    """Whose turn it is can no longer deliver: that is kept with its figures, and the next in the drawn order follows.

    Nobody is passed over who can deliver. Raises: NotAllowed, InvalidMove, RuleBroken `turn_able`, `draw_changed` and
    those of a line that is put in. Locks: PurchaseRequest, RotationDraw.
    """
    request = drafts.locked_draft(actor, draw.request, now)
    draw = _locked(draw)
    turn = results.chosen(draw)
    if draw.state != DrawState.DRAWN or turn is None:
        raise InvalidMove()
    why = results.unlike(draw, request, lists.lines_of(draw, request, now))
    require(not why, _("%(why)s Kembalikan seperti yang diumumkan.") % {"why": why}, code="draw_changed")
    require(
        lists.fault_of(draw, turn, request, now),
        _("%(shop)s masih sanggup, jadi gilirannya tidak dilewati.") % {"shop": turn.seller.name},
        code="turn_able",
    )
    move(draw, "pass", actor=actor, now=now, note=turn.seller.name, acted_as=OfficerRole.REQUESTER)
    _take_turn(actor, draw, request, now)
    made = _locked(draw)
    notices.drawn(made, now=now)
    return made


@service
def cancel_draw(*, actor: User, draw: RotationDraw, reason: str, now: datetime) -> RotationDraw:
    """Called off for a coded reason that anybody reads; only before the seed exists, and such goods of this request are
    not drawn for again.

    Raises: NotAllowed, InvalidMove, ValueError for a reason that is none. Locks: PurchaseRequest, RotationDraw.
    """
    request = PurchaseRequest.objects.locked().get(pk=draw.request_id)
    if not policies.is_requester(actor, request, clock.local_date(now)):
        raise NotAllowed(_("Undian hanya dapat dibatalkan oleh pemesan permintaannya."))
    draw = _locked(draw)
    move(
        draw, "cancel", actor=actor, now=now, acted_as=OfficerRole.REQUESTER,
        cancel_reason=DrawCancelReason(reason),
    )  # fmt: skip
    notices.cancelled(draw, now=now)
    return draw


@service
def end_draws(*, request: PurchaseRequest, actor: User, now: datetime) -> None:
    """Of a request that is withdrawn no draw waits. Locks: RotationDraw; called with PurchaseRequest locked."""
    for draw in RotationDraw.objects.announced().filter(request=request).locked():
        move(draw, "cancel", actor=actor, now=now, cancel_reason=DrawCancelReason.WITHDRAWN)
        notices.cancelled(draw, now=now)


def _locked(draw: RotationDraw) -> RotationDraw:
    found: RotationDraw = (
        RotationDraw.objects.prefetch_related("entrants__seller", "entrants__place", "entrants__passed")
        .locked()
        .get(pk=draw.pk)
    )
    return found


def _check_not_again(request: PurchaseRequest, goods: tuple[int, str], now: datetime) -> None:
    """Raises RuleBroken `draw_again`: a new draft for the same goods would be another try."""
    days = rules.AGAIN.on(clock.local_date(now))
    since = now - timedelta(days=days)
    earlier = (
        RotationDraw.objects.filter(
            request__agency=request.agency_id, category_id=goods[0], unit=goods[1], opened_at__gt=since
        )
        .filter(request__state__in=[*OPEN, *ENDED])
        .exclude(request=request)
        .select_related("request")
        .first()
    )
    if earlier is None:
        return
    words = {"number": earlier.number, "request": earlier.request.number, "days": days}
    text = _(
        "Undian %(number)s untuk barang sejenis belum menjadi pesanan (permintaan %(request)s). Pakai permintaan itu; "
        "undian baru boleh %(days)d hari sesudahnya, supaya tidak diulang sampai cocok."
    )
    require(False, text % words, code="draw_again")


def _take_turn(actor: User, draw: RotationDraw, request: PurchaseRequest, now: datetime) -> None:
    """The first in the drawn order who can still deliver stands in the draft; who cannot is passed over, with why."""
    for entrant in results.in_order(draw):
        if hasattr(entrant, "passed"):
            continue
        with translation.override("id"):  # what is kept stands on documents
            why = lists.fault_of(draw, entrant, request, now)
            chosen = _("Undian giliran %(number)s") % {"number": draw.number}
        if why:
            RotationPass.objects.create(entrant=entrant, why=why[:300], at=now)
            continue
        note, payer = "", None
        for line in lists.lines_of(draw, request, now):
            note, payer = line.note, line.charged_to_id
            if line.product_id != entrant.product_id:
                drafts.remove_line(actor=actor, request=request, product=line.product, now=now)
        line = drafts.put_line(
            actor=actor, request=request, product=entrant.product, quantity=draw.quantity, note=note, now=now,
            charged_to=payer,
        )  # fmt: skip
        line.choice_reason, line.choice_note = ChoiceReason.DRAW, chosen
        line.save(update_fields=["choice_reason", "choice_note"])
        return
