"""Faults somebody could make in a rule, a lock or a permission, each with the tests that must turn red.

`bin/mutants.py` (make mutants) plants them one by one. `old` stands exactly once in the file. A rule worth a line in
docs/ is worth a mutant here: without one, nobody knows whether its test would notice.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    name: str
    file: str
    old: str
    new: str
    tests: list[str]


JOINT = "tests/orders/billing/test_joint_payments.py"
LOCKS = ["tests/site/test_locks.py"]
AGREEMENT = "orders/orders/services/agreement.py"
DELIVERIES = "orders/deliveries/services.py"
INVOICES = "orders/billing/services/invoices.py"
PAYMENTS = "orders/billing/services/payments.py"
HINDRANCES = "orders/billing/services/hindrances.py"
TAXES = "orders/billing/taxes.py"
TAX_CASES = "tests/orders/billing/test_taxes.py::test_worked_examples"
LEDGER = "epeken/ledger/services.py"
DECISIONS = "procurement/requests/services/decisions.py"
QUESTIONS = "tests/procurement/quotations/test_questions.py"
NEXT_IN_RANK = "tests/procurement/quotations/test_next_in_rank.py"
REFUSING = "procurement/requests/refusals.py"
APPROVAL_PAGE = "tests/procurement/requests/test_approval_page.py"
NEGOTIATIONS = "tests/procurement/negotiations"
ROUNDS = "procurement/negotiations/services/rounds.py"
SENT_AGAIN = "tests/orders/documents/test_sent_again.py"
QUOTATIONS = "tests/procurement/quotations/test_services.py"
QUOTING = "procurement/quotations/services"
DISPUTES = "tests/orders/disputes/test_services.py"
REMEDIES = "tests/orders/remedies/test_remedies.py"
AGAIN = "tests/orders/remedies/test_sent_again.py"
TAKEN_BACK = "tests/orders/deliveries/test_withdrawn.py"
AMOUNTS = "tests/orders/reversals/test_amounts.py"
CORRECTIONS = "tests/orders/reversals/test_corrections.py"
DEDUCTIONS = "tests/orders/remedies/test_deductions.py"
ACCEPTANCES = "tests/orders/remedies/test_acceptances.py"
REFUSALS = "tests/orders/remedies/test_refusals.py"
APPROVAL = "tests/orders/billing/test_approval.py"
DECIDED = "tests/orders/tax_decisions/test_decisions.py"
SLIPS = "tests/orders/tax_slips/test_slips.py"
IMPORTS = "tests/umkm/imports/test_import.py"
LISTS = "tests/umkm/seller_imports/test_import.py"
JOINING = "tests/umkm/variants/test_joining.py"
VARIANTS = "tests/umkm/variants/test_variants.py"
FEASIBILITY = "tests/umkm/catalogue/test_feasibility.py"
TIERS = "tests/umkm/catalogue/test_tiers.py"
TRANSFERS = "tests/umkm/identity/test_transfers.py"
RETENTION = "tests/umkm/verification/test_retention.py"
WATCH = "tests/umkm/validity/test_watch.py"
BY_RULE = "tests/umkm/automatic/test_rule.py"
REVERSALS = "tests/orders/reversals/test_services.py"
CONFIRMATIONS = "tests/orders/confirmations/test_services.py"
LADDER = "tests/orders/ladder/test_services.py"
FLAGS = "tests/orders/oversight/test_flags.py"
FIGURES = "tests/orders/scorecards/test_figures.py"
MISSING = "tests/orders/deliveries/test_missing.py"
PINS = "tests/orders/pins/test_services.py"
DRAFTS = "tests/orders/drafts/test_services.py"
PARTS = "tests/orders/deliveries/test_parts.py"
BY_PHONE = "tests/users/test_phone.py"
CANCELLATIONS = "tests/orders/cancellations/test_services.py"
DATES = "tests/orders/schedules/test_services.py"
GIVEN_UP = "tests/orders/orders/test_given_up.py"
SCHEDULES = "tests/procurement/schedules/test_services.py"
ADDENDA = "tests/orders/addenda/test_services.py"
DATE_CHANGES = "tests/orders/addenda/test_dates.py"
FILES = "tests/procurement/attachments/test_files.py"
FRAMES = "tests/procurement/frames/test_frames.py"
FRAMES_SERVICES = "procurement/frames/services.py"
AWARD_MONEY = "tests/procurement/quotations/test_award_money.py"
LOW_PRICES = "tests/procurement/guards/test_low_prices.py"
CEILINGS = "tests/procurement/frames/test_ceilings.py"
CHAIN = "tests/procurement/signatures/test_chain.py"
TAKEOVERS = "tests/procurement/requests/test_takeovers.py"
LEAVES = "tests/procurement/leaves/test_leaves.py"
TEMPLATES = "tests/procurement/request_templates/test_templates.py"
MARKET = ["tests/umkm/market_prices"]
TURNS = ["tests/procurement/rotation"]
FORMS = "epeken/core/web/forms.py"
NUMBERS = "tests/core/test_numbers_as_written.py"
VERIFY = "tests/orders/attestations/test_verify.py"
PAGES_OF_DISPUTES = "tests/orders/disputes/test_pages.py"
DISCLOSURES = "tests/procurement/disclosures/test_services.py"
DUMP = "tests/procurement/disclosures/test_dump.py"
CHARGES = ["tests/orders/billing/test_charges.py"]
ACCESS = "tests/site/test_access.py::test_every_address_answers_as_the_table_says"

SEPARATIONS = "tests/umkm/separations/test_separations.py"
SLOTS = "tests/orders/documents/test_slots.py"

COMPENSATED = "tests/orders/compensations/test_services.py"
UNDONE = "tests/orders/compensations/test_reversing.py"
MUTANTS = [
    # Papers a file needs before it is paid
    Mutant(
        "an invoice is declared complete while a required paper is missing",
        PAYMENTS,
        "    completeness.check(order, invoice, actor)\n    holding", "    holding",
        [f"{SLOTS}::test_neither_completeness_nor_payment_is_recorded_while_a_place_is_empty"],
    ),
    Mutant(
        "an invoice is paid though a paper was taken out after it was checked",
        PAYMENTS,
        "    completeness.check(order, invoice, actor)\n    nearby.check_answered(order, invoice)\n    return office",
        "    nearby.check_answered(order, invoice)\n    return office",
        [f"{SLOTS}::test_neither_completeness_nor_payment_is_recorded_while_a_place_is_empty"],
    ),
    Mutant(
        "a paper whose job gave up keeps nobody from paying",
        "orders/documents/completeness.py",
        "for pk, entry in unmade.items() if pk in failed)]",
        "for pk, entry in unmade.items() if pk in ())]",
        [f"{SLOTS}::test_a_paper_that_could_not_be_made_counts_as_empty"],
    ),
    Mutant(
        "an account's prefix reaches into the middle of a segment",
        "orders/documents/slots.py",
        'account.startswith(f"{rule.account_prefix}.")',
        "account.startswith(rule.account_prefix)",
        [f"{SLOTS}::test_which_rule_speaks_of_an_order"],
    ),
    Mutant(
        "who pays waives what is missing, being PPK besides",
        "orders/documents/waivers.py",
        "    if order.request is None or OfficerRole.TREASURER in memberships(actor, order.agency_id, day):",
        "    if order.request is None:",
        [f"{SLOTS}::test_who_pays_asks_or_sells_does_not_waive_though_ppk"],
    ),
    Mutant(
        "who waived a paper declares the invoice complete",
        "orders/documents/completeness.py",
        "    if order.waivers.filter(given_by=actor).exists():",
        "    if False:",
        [f"{SLOTS}::test_who_waived_pays_no_invoice_of_the_order"],
    ),
    # Locks
    Mutant(
        "lock of accept dropped", AGREEMENT,
        'Locks: Order."""\n    order = Order.objects.locked().get(pk=order.pk)',
        'Locks: Order."""\n    order = Order.objects.get(pk=order.pk)', LOCKS,
    ),
    Mutant(
        "lock of ship dropped", DELIVERIES,
        "order = Order.objects.locked().get(pk=order.pk)\n    if not orders_policies.is_seller_of",
        "order = Order.objects.get(pk=order.pk)\n    if not orders_policies.is_seller_of", LOCKS,
    ),
    Mutant(
        "lock of dispute dropped", "orders/disputes/services.py",
        "order = Order.objects.locked().get(pk=order.pk)", "order = Order.objects.get(pk=order.pk)", LOCKS,
    ),
    Mutant(
        "lock of submit dropped", "procurement/requests/services/holds.py",
        "PurchaseRequest.objects.locked().select_related", "PurchaseRequest.objects.select_related", LOCKS,
    ),
    Mutant(
        "budget locked after the order", PAYMENTS,
        "lines = agreement.lock_budget(invoice.order)\n    order = Order.objects.locked().get(pk=invoice.order_id)",
        "order = Order.objects.locked().get(pk=invoice.order_id)\n    lines = agreement.lock_budget(invoice.order)",
        LOCKS,
    ),
    Mutant(
        "a hold runs on after the goods can no longer be ordered", "procurement/requests/services/holds.py",
        "until = min(obstacles.hold_end(now), end)", "until = obstacles.hold_end(now)",
        ["tests/procurement/test_random_requests.py"],
    ),
    Mutant(
        "an update writes over what the city entered", "epeken/core/reference.py",
        "for key in new if key not in there for row in wanted[key]", "for key in new for row in wanted[key]",
        ["tests/core/test_reference.py::test_a_database_of_an_earlier_release_gets_what_it_lacks_once"],
    ),
    Mutant(
        "an update asks old orders for a new paper", "orders/reference.py",
        ", rows=slot_rows, asks=True)", ", rows=slot_rows)",
        ["tests/core/test_reference.py::test_a_database_of_an_earlier_release_gets_what_it_lacks_once"],
    ),
    Mutant(
        "an update brings back what the city removed", "epeken/core/reference.py",
        "new = [key for key in wanted if key not in known]", "new = list(wanted)",
        ["tests/core/test_reference.py::test_what_the_city_removed_stays_away"],
    ),
    # The end of the budget year
    Mutant(
        "an old year's line pays after it", PAYMENTS,
        "    if not takes_basis(invoice, line, paid_on):", "    if False:",
        ["tests/orders/year_end/test_services.py"],
    ),
    Mutant(
        "goods leave after their budget year", "orders/year_end/ending.py",
        "clock.local_date(now) <= last,", "True,", ["tests/orders/year_end/test_services.py"],
    ),
    Mutant(
        "an approval for the old line pays from the new one", "orders/billing/states.py",
        '(InvoiceState.APPROVED, "carry"): InvoiceState.VERIFIED',
        '(InvoiceState.APPROVED, "carry"): InvoiceState.APPROVED',
        ["tests/orders/year_end/test_services.py"],
    ),
    Mutant(
        "an addendum moves goods past what the year pays without a reason", "orders/addenda/terms.py",
        "len(reason) >= LEAST_REASON, f", "True, f",
        ["tests/orders/addenda/test_services.py::"
         "test_goods_moved_to_where_their_bill_falls_due_after_the_year_need_the_departments_reason"],
    ),
    Mutant(
        "a proposed addendum decides what the year leaves open", "orders/year_end/waiting.py",
        "        | Q(cancel_waits=True)\n", "        | Q(cancel_waits=True)\n        | Q(amend_due_at__isnull=False)\n",
        ["tests/orders/year_end/test_services.py"],
    ),
    Mutant(
        "a bill is approved while its debt is acknowledged", "orders/year_end/services.py",
        "    debts.hold(order, row.year, actor=actor, office=office, now=now)\n", "",
        ["tests/orders/year_end/test_services.py::"
         "test_nobody_handles_the_bill_of_a_debt_until_it_is_withdrawn_or_carried"],
    ),
    Mutant(
        "a debt ends what the treasurer held", "orders/year_end/debts.py",
        "    if standing is None:\n        return NOT_HELD\n", "    if True:\n        return NOT_HELD\n",
        ["tests/orders/year_end/test_services.py::test_a_hold_of_the_treasurers_outlasts_the_debt"],
    ),
    Mutant(
        "a bill whose payment is reversed escapes its debt", "orders/billing/reversing.py",
        "    debts.follow(order, now)\n", "",
        ["tests/orders/year_end/test_services.py::test_what_is_to_be_paid_again_is_of_the_debt_that_stands"],
    ),
    Mutant(
        "an award's money is forgotten at the end of the year", "orders/year_end/commitments.py",
        " | PurchaseRequest.objects.awarded()", "",
        [f"{AWARD_MONEY}::test_the_money_of_an_award_is_free_when_its_draft_ends"],
    ),
    Mutant(
        "a PPK undoes the head's debt", "orders/year_end/services.py",
        "if is_debt and not policies", "if False and not policies",
        ["tests/orders/year_end/test_services.py::"
         "test_nobody_handles_the_bill_of_a_debt_until_it_is_withdrawn_or_carried"],
    ),
    Mutant(
        "a promise names a day before its goods come", "orders/year_end/services.py",
        "        first <= finish_by,", "        True,",
        ["tests/orders/year_end/test_services.py::test_a_promise_names_a_day_on_which_it_can_be_kept"],
    ),
    Mutant(
        "anybody's word makes a debt of the next year", "orders/year_end/policies.py",
        "(OfficerRole.HEAD,), day)", "(OfficerRole.HEAD, OfficerRole.PPK), day)",
        ["tests/orders/year_end/test_services.py"],
    ),
    Mutant(
        "an order that is paid in its year by its own clocks is asked about", "orders/year_end/waiting.py",
        'Q(stalled_at__isnull=True)\n        | Q(cancel', 'Q(cancel', ["tests/orders/year_end/test_services.py"],
    ),
    Mutant(
        "a bill that is held at the end of the year asks nobody", "orders/year_end/waiting.py",
        'When(held_at__isnull=False, then=F("held_at"))', 'When(held_at__isnull=False, then=None)',
        ["tests/orders/year_end/test_services.py"],
    ),
    Mutant(
        "goods that come too late to be paid this year count as on time", "orders/year_end/waiting.py",
        'Q(deliver_at__gt=F("arrives_by")) | older', "older", ["tests/orders/year_end/test_services.py"],
    ),
    # Numbers of a department's agenda
    Mutant(
        "two papers of a department share a number", "epeken/core/numbers.py",
        "DO UPDATE SET last = core_counter.last + 1 RETURNING", "DO UPDATE SET last = core_counter.last RETURNING",
        ["tests/procurement/numbering"],
    ),
    Mutant(
        "kinds written alike count each for itself", "procurement/numbering/numbers.py",
        'f"{agency.pk}:{patterns', 'f"{agency.pk}:{form.kind}:{patterns', ["tests/procurement/numbering"],
    ),
    Mutant(
        "a number of the sequence is typed by hand", "orders/deliveries/services.py",
        "if order.agency is not None and office_number:", "if order.agency is None:", ["tests/procurement/numbering"],
    ),
    # Several budget lines
    Mutant(
        "goods of another budget line held on the request's own", "procurement/requests/contents.py",
        "goods = [(moved.get(line.pk) or line.charged_to_id or main, line.amount) for line in self.kept]",
        "goods = [(main, line.amount) for line in self.kept]", CHARGES,
    ),
    Mutant(
        "delivery cost always on the request's own line", "procurement/budgets/charges.py",
        "return main if main in goods else goods[0]", "return main", CHARGES,
    ),
    Mutant(
        "a complaint lowers the first budget line alone", "procurement/budgets/charges.py",
        "off = (2 * rest * amount + left) // (2 * left)", "off = min(rest, amount)", CHARGES,
    ),
    Mutant(
        "a frame covers goods of another budget line", "procurement/frames/terms.py",
        "if set(held.charges) - {frame.line_id}:", "if False:", CHARGES,
    ),
    Mutant(
        "goods charged to another department's line", "procurement/requests/services/drafts.py",
        "payer is None or payer.agency_id == request.agency_id,", "True,", CHARGES,
    ),
    Mutant(
        "only the request's own budget line locked", "procurement/requests/services/holds.py",
        'values_list("line_id", "lines__charged_to_id")', 'values_list("line_id")', CHARGES,
    ),
    Mutant(
        "what one line bought is charged to another at the next seller", "procurement/sourcing/replacements.py",
        "same if len(same) == 1 else named", "same", CHARGES,
    ),
    Mutant(
        "a warning names goods of another account", "procurement/guards/about.py",
        "str(kind_of(line.product)) == one and on_account(line)", "str(kind_of(line.product)) == one", CHARGES,
    ),
    Mutant(
        "a template forgets the second account", "procurement/request_templates/services.py",
        "account_id=line.charged_to.account_id if line.charged_to else None,", "account_id=None,", [TEMPLATES],
    ),
    Mutant(
        "a year that has not begun is taken for one that ends", "procurement/negotiations/terms.py",
        "        if kind != GuardKind.YEAR_END:\n            continue\n", "",
        ["tests/procurement/negotiations/test_services.py"],
    ),
    Mutant(
        "the demo orders before the budget year begins", "epeken/site/demo/diary.py",
        "if is_ordered and event_on.year > clock.local_date(issued).year:", "if False:",
        ["tests/site/test_demo_city.py"],
    ),
    Mutant(
        "a row of the demo's table is not there", "epeken/site/demo/purchases.py",
        'first.buy(SPLIT[1], days_ago=1, until="submitted")', "pass",
        ["tests/site/test_demo_city.py"],
    ),
    Mutant(
        "one of several budget lines is taken", "procurement/budgets/querysets.py",
        "for account, rows in found.items() if len(rows) == 1}", "for account, rows in found.items()}", [TEMPLATES],
    ),
    # Who sees what
    Mutant(
        "identity documents for everybody", "umkm/verification/views.py",
        "SellerDocument.objects.visible_to(actor)", "SellerDocument.objects.all()", [f"{ACCESS}[stranger]"],
    ),
    Mutant(
        "orders for everybody", "orders/orders/querysets.py",
        "self.filter(sides(user.pk, day, inspects=user.has_perm(INSPECT)))", "self.all()",
        [f"{ACCESS}[stranger]"],
    ),
    Mutant(
        "acts and files of orders for everybody", "orders/orders/fetch.py",
        "filter(sides(user, day, inspects=False), number=number)", "filter(number=number)",
        ["tests/orders/orders/test_sight.py::test_nobody_else_learns_that_it_exists"],
    ),
    Mutant(
        "who inspects departments reads every person's order", "orders/orders/querysets.py",
        'found | Q(**{f"{prefix}agency__isnull": False}) if', "Q() if",
        ["tests/orders/orders/test_sight.py::test_who_inspects_departments_reads_no_persons_order"],
    ),
    Mutant(
        "former members still see identity documents", "umkm/sellers/querysets.py",
        "seller__members__user=user, seller__members__until__isnull=True)", "seller__members__user=user)",
        ["tests/umkm/sellers/test_document_sight.py::test_who_left_the_shop_sees_its_documents_no_more"],
    ),
    Mutant(
        "a letter to who muted its area", "epeken/notifications/services.py",
        "return None if is_muted(person, notice.kind, EMAIL) else EMAIL", "return EMAIL",
        ["tests/notifications/test_notify.py::test_a_muted_area_still_fills_the_inbox"],
    ),
    Mutant(
        "a checkout that does not wait for the shop", "orders/carts/services.py",
        "    list(Seller.objects.locked().filter(pk__in=wanted.values(\"product__seller\")))\n", "",
        ["tests/umkm/verification/test_services.py::test_orders_placed_while_two_owners_become_one_count_for_the_one"],
    ),
    Mutant(
        "inboxes for everybody", "epeken/notifications/models.py",
        "return self.filter(person=user) if", "return self.all() if",
        ["tests/notifications/test_pages.py::test_a_strangers_line_is_not_there"],
    ),
    Mutant(
        "private files among the public ones", "epeken/core/files/media.py",
        'r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*(?:\\.(webp)|-[0-9a-f]{6}-\\d+\\.(avif|jpg))"',
        'r".*?(?:(webp)|(avif|jpg)|)"',
        ["tests/core/test_uploads.py::test_what_we_did_not_write_is_not_served_though_it_lies_there"],
    ),
    Mutant(
        "a private answer may be kept", "epeken/core/files/uploads.py",
        'response["Cache-Control"] = "no-store"', 'response["Cache-Control"] = "public"',
        ["tests/core/test_uploads.py::test_a_private_answer_is_kept_nowhere_and_run_by_nobody"],
    ),
    Mutant(
        "who opened a private file is not told", "epeken/core/files/uploads.py",
        '    logger.info("private file opened: %s as %s person=%s", name, filename, reader)\n', "",
        ["tests/core/test_uploads.py::test_a_private_answer_is_kept_nowhere_and_run_by_nobody"],
    ),
    Mutant(
        "what was typed at the office goes with its session", "epeken/users/middleware.py",
        'in (reverse(settings.LOGIN_URL), reverse("admin:login"))', "in (reverse(settings.LOGIN_URL),)",
        ["tests/users/test_interrupted.py::test_a_decision_typed_at_the_office_outlives_its_session"],
    ),
    Mutant(
        "what was written for one shop goes into another", "umkm/sellers/fetch.py",
        "    raise Http404(named)\n", "    return found[0]\n",
        ["tests/umkm/sellers/test_named_shop.py"],
    ),
    Mutant(
        "a page sent again later makes a second request", "procurement/requests/services/drafts.py",
        "    if key and (earlier := idempotency.claim(", "    if not key and (earlier := idempotency.claim(",
        ["tests/site/test_repeated.py::test_a_request_is_made_once_a_page"],
    ),
    Mutant(
        "the API led to https", "epeken/core/api/encrypted.py",
        "settings.SECURE_SSL_REDIRECT\n            and not", "False\n            and not",
        ["tests/core/test_production.py::test_the_api_over_plain_http_is_refused_and_not_led_on"],
    ),
    Mutant(
        "a cookie without its prefix", "epeken/settings.py",
        'DEVICE_COOKIE_NAME = "__Host-perangkat"', 'DEVICE_COOKIE_NAME = "perangkat"',
        ["tests/core/test_production.py::test_every_cookie_belongs_to_this_host_alone"],
    ),
    Mutant(
        "pages of a person kept by the browser", "epeken/core/web/middleware.py",
        'else "no-store"', 'else "private, no-cache"',
        ["tests/core/test_web.py::test_pages_of_a_person_are_not_kept"],
    ),
    Mutant(
        "words of the city are a password", "epeken/users/passwords.py",
        "if times and sum(", "if False and sum(", ["tests/users/test_passwords.py"],
    ),
    Mutant(
        "two sources of one secret", "epeken/core/environment.py",
        "    if value:\n        raise", "    if False:\n        raise",
        ["tests/core/test_environment.py::test_two_sources_of_one_secret_are_refused"],
    ),
    Mutant(
        "a plain way to another machine", "epeken/core/checks.py",
        'return "." in host', "return False",
        ["tests/core/test_environment.py::test_a_plain_way_to_another_machine_is_told"],
    ),
    # One person, one side
    Mutant(
        "the requester approves", DECISIONS,
        "if policies.has_written(actor, request):\n        raise SamePerson", "if False:\n        raise SamePerson",
        ["tests/procurement/requests/test_decide.py::test_the_requester_never_decides_whatever_memberships_they_hold"],
    ),
    Mutant(
        'the requester issues', 'procurement/requests/policies.py',
        'return bool(issuing_office(actor, request, day)) and not has_written(actor, request)',
        'return bool(issuing_office(actor, request, day))',
        ['tests/orders/orders/test_issue.py::test_the_requester_does_not_issue_even_as_ppk'],
    ),
    Mutant(
        "requester and approver receive", "orders/deliveries/receiving.py",
        'raise RoleAlreadyHeld(earlier, _("penerima barang"))', "pass",
        ["tests/orders/deliveries/test_services.py::test_requester_and_approver_never_receive"],
    ),
    Mutant(
        "an officer tied to the seller decides", "procurement/requests/services/decisions.py",
        "raise OwnShop(shop)", "pass",
        ["tests/procurement/requests/test_decide.py::test_an_officer_tied_to_a_seller_does_not_decide"],
    ),
    Mutant(
        "an officer tied to the seller issues", "orders/orders/services/agreement.py",
        "raise OwnShop(shop)", "pass",
        ["tests/orders/orders/test_issue.py::test_an_officer_tied_to_the_seller_does_not_issue"],
    ),
    Mutant(
        "who is tied to the seller receives", "orders/orders/policies.py",
        "shops.is_tied(actor, order.seller)", "False",
        ["tests/orders/deliveries/test_services.py::test_who_is_tied_to_the_seller_never_receives"],
    ),
    Mutant(
        "ties end with a membership", "umkm/sellers/policies.py",
        "member.seller for member in _memberships(actor))",
        "member.seller for member in _memberships(actor) if not member.until)",
        ["tests/procurement/requests/test_decide.py::test_an_officer_tied_to_a_seller_does_not_decide"],
    ),
    Mutant(
        "sellers chosen are a comparison", "procurement/sourcing/sheets.py",
        "for offer in self.offers} - self.bought", "for offer in self.others}",
        ["tests/procurement/sourcing/test_sheets.py"],
    ),
    Mutant(
        "a coded reason is not held against the facts", "procurement/sourcing/reasons.py",
        "for text in untrue(goods, chosen):", "for text in ():",
        ["tests/procurement/sourcing/test_sheets.py"],
    ),
    Mutant(
        "an offer that cannot come is compared", "procurement/sourcing/sheets.py",
        "elif offer.is_able:", "else:",
        ["tests/procurement/sourcing/test_sheets.py"],
    ),
    Mutant(
        "approved while a negotiation runs, or without one", REFUSING,
        "for text in results.owed(held, sheet, negotiated, dropped):", "for text in ():",
        [
            "tests/procurement/negotiations/test_services.py"
            "::test_with_a_single_seller_it_is_approved_after_a_negotiation_only"
        ],
    ),
    Mutant(
        "a price nobody explained is approved", REFUSING,
        "for text in guards.unexplained_prices(request, kept, held.standards):", "for text in ():", [APPROVAL_PAGE],
    ),
    Mutant(
        "a line in the way is no longer named with its shop", REFUSING,
        "yield ApprovalRefusal(fault.code, named(line, fault.text),", "yield ApprovalRefusal(fault.code, fault.text,",
        [APPROVAL_PAGE],
    ),
    Mutant(
        "the page of the decision forgets what the officer has answered", "procurement/requests/views/approvals.py",
        "outcomes=form.outcomes, findings=form.findings,", "outcomes={}, findings=form.findings,", [APPROVAL_PAGE],
    ),
    Mutant(
        "the button is offered over what is refused", "templates/procurement/requests/_approval_button.html",
        '{% if blocks.items %} disabled aria-disabled="true"', '{% if False %} disabled aria-disabled="true"',
        [APPROVAL_PAGE],
    ),
    Mutant(
        "a request whose time is over is signed", "procurement/requests/services/signing.py",
        "for refusal in refusals.to_sign(request, now):", "for refusal in ():", [APPROVAL_PAGE],
    ),
    Mutant(
        "more is agreed than was offered", "procurement/negotiations/terms.py",
        "1 <= price <= limit and", "1 <= price and",
        [f"{NEGOTIATIONS}/test_services.py::test_nothing_goes_above_what_the_shop_asks_of_everybody_today"],
    ),
    Mutant(
        "the page of another round agrees to the last", ROUNDS,
        "if offer.number != round_number:", "if offer.number < round_number:",
        [f"{NEGOTIATIONS}/test_services.py::test_an_offer_that_is_not_the_last_is_not_agreed"],
    ),
    Mutant(
        "stopped before the other side's time is over", "procurement/negotiations/policies.py",
        "return side == Side.BUYER and not results", "return True or results",
        [f"{NEGOTIATIONS}/test_states.py::test_silence_ends_at_the_hour_and_agrees_to_nothing"],
    ),
    Mutant(
        "an agreed price outlives its hold", DECISIONS,
        "    ending.restore_offers(request=request)\n", "",
        [f"{NEGOTIATIONS}/test_services.py::test_sent_back_the_offer_is_what_it_was"],
    ),
    Mutant(
        "an agreed price is copied", "procurement/requests/services/copies.py",
        "    if price is None:\n        return values\n", "    if price is not None:\n        return values\n",
        [f"{NEGOTIATIONS}/test_services.py::test_a_rebuilt_request_asks_the_price_of_everybody"],
    ),
    Mutant(
        "who became the shop's own agrees for it", ROUNDS,
        "        _check_unrelated(negotiation)\n", "",
        [f"{NEGOTIATIONS}/test_services.py::test_who_became_the_shops_own_binds_neither_side"],
    ),
    Mutant(
        "agreed without the lock of the request", ROUNDS,
        "request = holds.locked_with_budget(negotiation.request)", "request = negotiation.request",
        LOCKS,
    ),
    Mutant(
        'the receiver pays', 'orders/billing/policies.py',
        '    if received_by(actor, order):\n        return _("penerima barang")\n    return _("pejabat yang',
        '    return _("pejabat yang',
        ['tests/orders/billing/test_services.py::test_nobody_of_an_earlier_side_pays'],
    ),
    Mutant(
        "who paid for a part receives the rest", "orders/deliveries/policies.py",
        "    if sides.handled_by(actor, order):\n", "    if False:\n",
        ["tests/orders/billing/test_services.py::test_who_paid_for_a_part_does_not_receive_the_rest"],
    ),
    Mutant(
        'the requester pays', 'orders/billing/policies.py',
        '    if (side := earlier_side(actor, order)) is not None:\n        return side\n',
        '',
        ['tests/orders/billing/test_services.py::test_nobody_of_an_earlier_side_pays'],
    ),
    Mutant(
        'verifiers judge their own shop', 'umkm/verification/policies.py',
        ' and not is_tied(actor, seller)',
        '',
        ['tests/umkm/verification/test_services.py::test_only_a_verifier_of_other_peoples_shops_decides'],
    ),
    Mutant(
        'a party decides the dispute', 'orders/disputes/services.py',
        'if decider and policies.is_party(',
        'if False and policies.is_party(',
        ['tests/orders/disputes/test_services.py::test_a_party_does_not_decide_as_officer'],
    ),
    # Thresholds and deadlines
    Mutant(
        "at the limit the PPK decides", "procurement/requests/officers.py",
        "if total <= rules.PP_LIMIT.on(day) and", "if total < rules.PP_LIMIT.on(day) and",
        ["tests/procurement/requests/test_submit.py::test_at_the_limit_the_pp_decides"],
    ),
    Mutant(
        "tax already at the minimum", TAXES,
        "invoice.purchase_value) <= rate.minimum and not", "invoice.purchase_value) < rate.minimum and not",
        ["tests/orders/billing/test_taxes.py::test_worked_examples"],
    ),
    Mutant(
        "answered after the deadline", AGREEMENT,
        "order.state == OrderState.PLACED and clock.is_over(order.answer_due_at, now)", "False",
        ["tests/orders/orders/test_answer.py::test_an_answer_after_the_deadline_is_refused"],
    ),
    Mutant(
        "in time at the end", "epeken/core/clock.py",
        "return end is not None and end <= now", "return end is not None and end < now",
        ["tests/core/test_clock.py::test_before_its_end_a_period_runs_and_at_its_end_it_is_over"],
    ),
    Mutant(
        "silence acts a moment after the end", "epeken/core/clock.py",
        'return Q(**{f"{field}__lte": now})', 'return Q(**{f"{field}__lt": now})',
        ["tests/orders/orders/test_answer.py::test_an_order_is_answered_in_time_or_closed_by_silence"],
    ),
    Mutant(
        "an end put off counts from the day after it", "epeken/core/clock.py",
        "add_working_days(last_day(end), days)", "add_working_days(local_date(end), days)",
        ["tests/core/test_clock.py::TestWorkingDays::test_an_end_put_off_counts_from_its_last_day"],
    ),
    Mutant(
        "the last rupiah cannot be reserved", LEDGER,
        '{column(entry.ceiling)} >= {', '{column(entry.ceiling)} > {',
        ["tests/procurement/budgets/test_services.py::test_the_last_rupiah_can_be_reserved_and_no_more"],
    ),
    # Money, tax, cap, stock
    Mutant(
        "invoiced as ordered", INVOICES,
        '"goods_total": sum(line.billed for line in delivery.lines.all()),',
        '"goods_total": sum(line.amount for line in order.lines.all()),',
        ["tests/orders/deliveries/test_services.py::test_partial_acceptance_frees_the_rest_of_the_budget"],
    ),
    Mutant(
        "the rest of the budget stays bound", "procurement/budgets/services.py",
        "UNCOMMIT, reference, actor, now, committed=-amount", "UNCOMMIT, reference, actor, now, committed=0",
        ["tests/site/test_ledgers.py::test_the_budget_book"],
    ),
    Mutant(
        "cap not released", "umkm/reservations/services.py",
        "    owners.release_turnover(reference=reference, now=now, keep=keep)\n", "",
        ["tests/orders/orders/test_answer.py::test_the_seller_declines"],
    ),
    Mutant(
        "cap beyond its end", LEDGER,
        "if entry.ceiling and growth > 0:", "if False:",
        ["tests/ledger/test_post.py"],
    ),
    Mutant(
        "stock below zero", LEDGER,
        'for name, delta in deltas.items() if delta < 0]', 'for name, delta in deltas.items() if False]',
        ["tests/ledger/test_post.py"],
    ),
    Mutant(
        "stock of a delivered part returned", "umkm/stock/services.py",
        'shelf = StockEntry.objects.filter(product=product, reference=reference)',
        'shelf = StockEntry.objects.filter(product=product, reference=reference, kind="hold")',
        ["tests/umkm/stock/test_services.py"],
    ),
    Mutant(
        "no double tax without NPWP", TAXES,
        "return rule.rate if seller.has_npwp else rule.rate * rule.no_npwp_factor", "return rule.rate",
        ["tests/orders/billing/test_taxes.py::test_worked_examples"],
    ),
    Mutant(
        "tax rounded down", "epeken/core/money.py",
        "rounding=ROUND_HALF_UP", 'rounding="ROUND_DOWN"', ["tests/core/test_properties.py"],
    ),
    Mutant(
        "parts lose a rupiah", "epeken/core/money.py",
        "for i in by_remainder[:left]:", "for i in by_remainder[: left - 1]:", ["tests/core/test_properties.py"],
    ),
    Mutant(
        "income tax on a government card", TAXES,
        "if card is not None and invoice.method == PaymentMethod.KKPD:", "if False:",
        [TAX_CASES],
    ),
    Mutant(
        "PPN on a government card", TAXES,
        "invoice.method == PaymentMethod.KKPD and not by_platform:", "False:",
        [TAX_CASES],
    ),
    Mutant(
        "a card lifts the platform's PPN", TAXES,
        "invoice.method == PaymentMethod.KKPD and not by_platform:", "invoice.method == PaymentMethod.KKPD:",
        [TAX_CASES],
    ),
    Mutant(
        "nothing collected cites the rate", TAXES,
        "if self.is_collected or not told else told", "if True else told",
        [TAX_CASES],
    ),
    Mutant(
        "final tax of catering lost beside the goods", TAXES,
        "        results = _merged(results)\n", "        results = results[:1]\n",
        [TAX_CASES],
    ),
    Mutant(
        "a kind that is gone stays in force", TAXES,
        "return [*changed, *(_nothing_left(line, is_deducted=is_deducted) for line in gone)]", "return changed",
        ["tests/orders/billing/test_taxes.py::test_what_is_computed_anew_leaves_no_line_of_a_kind_that_is_gone"],
    ),
    Mutant(
        "a tax row that nothing reads", "orders/billing/checks.py",
        "        if kind is None:\n", "        if kind is None and not rows:\n",
        ["tests/orders/billing/test_taxes.py::test_the_system_check_names_rows_that_nothing_reads"],
    ),
    Mutant(
        "the archive tells taxes that were replaced", "orders/documents/archive.py",
        'taxes.in_force(invoice.tax_lines.select_related("rule", "exemption"))',
        'invoice.tax_lines.select_related("rule", "exemption")',
        ["tests/orders/billing/test_tax_of_orders.py::test_the_archive_of_a_lowered_invoice_tells_what_is_withheld"],
    ),
    Mutant(
        'paid in a dispute', HINDRANCES,
        '    if disputes_policies.is_disputed(order):\n        raise DisputeOpen(order)\n', '',
        ['tests/orders/billing/test_services.py::test_a_dispute_holds_the_payment'],
    ),
    Mutant(
        "nobody's turn after a complaint was not answered", "orders/disputes/querysets.py",
        " | Q(state=DisputeState.OPENED, unanswered_at__isnull=False)", "",
        [f"{DISPUTES}::test_without_an_answer_it_passes_to_the_city"],
    ),
    Mutant(
        "any officer settles the complaint of somebody who is gone", "orders/disputes/policies.py",
        "return holds(actor, order.agency_id, day, *_role_of_opener(dispute))", "return True",
        [f"{DISPUTES}::test_another_receiver_settles_once_who_complained_is_gone"],
    ),
    Mutant(
        "a replaced invoice begins anew with its reminders", "orders/ladder/steps.py",
        "LateStep.objects.filter(delivery=invoice.delivery_id, ", "LateStep.objects.filter(invoice=invoice, ",
        [f"{LADDER}::test_a_new_invoice_in_its_place_goes_on_where_it_stood"],
    ),
    Mutant(
        "desks are told at once after a long silence of the job", "orders/ladder/steps.py",
        "opens = max(opens, earliest)", "opens = max(opens, due)",
        [f"{LADDER}::test_after_a_long_silence_of_the_clock_no_desk_is_passed_over"],
    ),
    Mutant(
        "a complaint does not stop the steps", "orders/ladder/steps.py",
        "    if Invoice.objects.late(now).filter(pk=invoice.pk).exists():\n",
        "    if clock.is_over(invoice.due_at, now):\n",
        [f"{LADDER}::test_a_complaint_stops_it_and_gives_the_days_back"],
    ),
    Mutant(
        "the seller sends before the day has come", "orders/ladder/steps.py",
        "if not clock.is_over(coming.opens, now):", "if not coming.opens:",
        [f"{LADDER}::test_the_seller_sends_from_its_day_on"],
    ),
    Mutant(
        "a letter to who cannot pay yet", "orders/ladder/steps.py",
        "    return idle_words(invoice, coming)\n", "    return \"\"\n",
        [f"{LADDER}::test_no_letter_goes_to_a_treasurer_who_cannot_pay_before_the_papers_are_there"],
    ),
    Mutant(
        "paid without an approval", PAYMENTS,
        "    if invoice.state == InvoiceState.VERIFIED:\n", "    if invoice.state == InvoiceState.ISSUED:\n",
        [f"{APPROVAL}::test_what_is_not_approved_is_not_paid"],
    ),
    Mutant(
        "who checked approves the payment", "orders/billing/policies.py",
        "if handled else None", "if False else None",
        [f"{APPROVAL}::test_nobody_of_another_side_approves"],
    ),
    Mutant(
        "who approved a payment pays it", "orders/billing/policies.py",
        "if approved else None", "if False else None",
        [f"{APPROVAL}::test_who_approved_does_not_pay_or_receive"],
    ),
    Mutant(
        "a changed invoice is approved with the others", "orders/billing/services/approval.py",
        "(is_changed or invoice.state != InvoiceState.VERIFIED)", "(invoice.state != InvoiceState.VERIFIED)",
        [f"{APPROVAL}::test_many_are_approved_in_one_act_and_what_changed_is_named"],
    ),
    Mutant(
        "an approval outlives a decided dispute", "orders/disputes/services.py",
        "    approving.drop(order, actor=actor, now=now, acted_as=side)\n", "",
        [f"{APPROVAL}::test_a_decided_dispute_drops_the_approval_though_nothing_changed"],
    ),
    Mutant(
        "an approval outlives a reversed payment", "orders/billing/states.py",
        '(InvoiceState.APPROVED, "reverse"): InvoiceState.VERIFIED',
        '(InvoiceState.APPROVED, "reverse"): InvoiceState.APPROVED',
        [f"{APPROVAL}::test_a_reversed_part_is_approved_again"],
    ),
    Mutant(
        "one transfer pays two sellers", "orders/billing/services/numbers.py",
        "        other is None,\n", "        True,\n",
        ["tests/orders/billing/test_services.py::test_one_transfer_pays_one_seller"],
    ),
    Mutant(
        "another department's transfer collides", "orders/billing/querysets.py",
        "reference__iexact=reference, **of_agency)", "reference__iexact=reference)",
        ["tests/orders/billing/test_services.py::test_one_transfer_pays_one_seller"],
    ),
    Mutant(
        "a held invoice is paid", HINDRANCES,
        "    holding.check_going(invoice)\n", "",
        [f"{APPROVAL}::test_a_held_one_waits_with_its_time_going_on"],
    ),
    Mutant(
        "called complete against a fact", "orders/billing/checklist.py",
        "        if line.is_true is False:\n", "        if line.is_true is None and not line.item:\n",
        [f"{APPROVAL}::test_a_false_fact_refuses_it"],
    ),
    Mutant(
        "who paid releases the reversal", "orders/reversals/policies.py",
        "return payment.recorded_by_id, invoice.verifier_id", "return ()",
        [f"{REVERSALS}::test_two_people_and_none_of_the_shop"],
    ),
    Mutant(
        "a reversed payment stays on the budget", "orders/billing/reversing.py",
        "        budgets.reverse_realised(", "        (lambda **_given: None)(",
        [f"{REVERSALS}::test_releasing_opens_everything_again"],
    ),
    Mutant(
        "a card's tax stays after its reversal", "orders/billing/reversing.py",
        "_withheld_again(invoice) if payment.method == PaymentMethod.KKPD else", "",
        [f"{REVERSALS}::test_a_card_withholds_again"],
    ),
    Mutant(
        "the number of returned money is free", "orders/billing/querysets.py",
        " & ~Q(reversals__reason=ReversalReason.RETURNED)\n", "\n",
        [f"{REVERSALS}::test_a_transfer_number_is_free_again_unless_it_came_back"],
    ),
    Mutant(
        "a reversed payment stays on valid documents", "orders/billing/reversing.py",
        "        documents.withdraw_documents(invoice, now, VoidReason.PAYMENT_REVERSED, kinds)\n", "",
        [f"{REVERSALS}::test_documents_that_state_it_are_not_current"],
    ),
    Mutant(
        "a seller's silence is a signature", "orders/confirmations/states.py",
        '(ConfirmationState.WAITING, "lapse"): ConfirmationState.SILENT',
        '(ConfirmationState.WAITING, "lapse"): ConfirmationState.CONFIRMED',
        [f"{CONFIRMATIONS}::test_silence_is_stated_with_its_day_and_signs_nothing"],
    ),
    Mutant(
        "a stranger confirms for the seller", "orders/confirmations/services.py",
        "    if not orders_policies.is_seller_of(actor, order):\n", "    if False:\n",
        [f"{CONFIRMATIONS}::test_only_the_seller_confirms"],
    ),
    Mutant(
        "an unread document is confirmed", "orders/confirmations/services.py",
        "    if document is None or document.pk != edition:\n", "    if document is None:\n",
        [f"{CONFIRMATIONS}::test_a_page_older_than_the_document_signs_nothing"],
    ),
    Mutant(
        "a reversed payment keeps its receipt", "orders/billing/reversing.py",
        "    asking.void_receipt(payment, actor=actor, acted_as=acted_as, now=now)\n", "",
        [f"{CONFIRMATIONS}::test_a_reversed_payments_receipt_is_none_any_more"],
    ),
    Mutant(
        "a part that came signs the whole receipt", "orders/documents/layout/confirming.py",
        "    if trail.paid_at is not None and len(given) == len(acts):\n", "    if given:\n",
        [f"{CONFIRMATIONS}::test_a_part_that_came_is_no_receipt_for_the_whole"],
    ),
    Mutant(
        "the BAST names a seller who said nothing", "orders/documents/layout/delivery.py",
        "        if taken and given\n", "        if taken\n",
        [f"{CONFIRMATIONS}::test_a_bast_names_no_signature_of_a_seller_who_said_nothing"],
    ),
    # Once
    Mutant(
        "a double payment", PAYMENTS,
        "        return Payment.objects.get(pk=earlier)\n    if method", "        pass\n    if method",
        ["tests/orders/billing/test_services.py::test_the_same_key_pays_once"],
    ),
    Mutant(
        "a used key with another body", "epeken/core/idempotency.py",
        "if earlier.body_hash != digest:", "if False:",
        ["tests/core/test_idempotency.py::test_another_body_is_refused_and_nothing_changes"],
    ),
    Mutant(
        "a move from any state", "epeken/core/states.py",
        "if changed != 1:", "if False:", ["tests/core/test_states.py"],
    ),
    # People
    Mutant(
        "second factor skipped", "epeken/users/middleware.py",
        "guarded = request.method not in _SAFE or ", "guarded = ",
        ["tests/users/test_second_factor.py::test_changing_anything_is_refused_until_enrolled"],
    ),
    Mutant(
        "officers owe no second factor", "epeken/users/policies.py",
        "return bool(user.is_staff) or _decides_for_others(user)", "return bool(user.is_staff)",
        ["tests/users/test_second_factor.py::test_staff_and_officers_owe_it_and_citizens_do_not"],
    ),
    Mutant(
        "an API key without the second factor", "epeken/users/api_keys/services.py",
        "if policies.owes_second_factor(actor) and not", "if False and not",
        ["tests/users/test_second_factor.py::test_no_key_without_the_second_factor"],
    ),
    Mutant(
        "an API key opens what its scopes do not name", "epeken/users/api_keys/api.py",
        "return scope in key.scopes", "return True",
        ["tests/users/test_api_keys.py::test_a_key_opens_exactly_what_its_scopes_name"],
    ),
    Mutant(
        "an expired API key still opens", "epeken/users/api_keys/querysets.py",
        'filter(running("expires_at", now), revoked_at__isnull=True)', "filter(revoked_at__isnull=True)",
        ["tests/users/test_api_keys.py::test_an_expired_key_opens_nothing"],
    ),
    Mutant(
        "many scans of a JPEG are decoded", "epeken/core/files/decoder.py",
        'if scans > wish["scans"]:', "if False:",
        ["tests/core/test_hostile_files.py::test_a_jpeg_of_many_scans_is_refused_at_once"],
    ),
    Mutant(
        "the decoder is not bounded", "epeken/core/files/decoder.py",
        'bound(wish["memory"], wish["seconds"])', "pass",
        ["tests/core/test_hostile_files.py::test_a_decoder_that_wants_more_memory_is_ended"],
    ),
    Mutant(
        "what acts survives inside a drawing of a PDF", "epeken/core/files/decoder.py",
        "for thing in made.objects:", "for thing in ():",
        ["tests/core/test_hostile_files.py::test_what_acts_is_gone_and_the_page_is_there"],
    ),
    Mutant(
        "a packed bomb in a PDF is taken", "epeken/core/files/decoder.py",
        "measure(source,", "(lambda *_: None)(source,",
        ["tests/core/test_hostile_files.py::test_a_bomb_is_refused_in_bounded_time_and_memory"],
    ),
    Mutant(
        "a number that was never confirmed signs in", "epeken/users/models.py",
        "self.filter(phone=phone, phone_verified_at__isnull=False)", "self.filter(phone=phone)",
        [f"{BY_PHONE}::test_a_number_that_was_never_confirmed_is_nobodys"],
    ),
    Mutant(
        "codes that others ask for keep a known device out", "epeken/users/codes.py",
        'key = f"{phone} {device}" if device else phone', "key = phone",
        [f"{BY_PHONE}::test_codes_asked_for_by_others_do_not_keep_a_known_device_out"],
    ),
    Mutant(
        "an officer comes in by a text", "epeken/users/codes.py",
        " and not policies.owes_second_factor(user)", "",
        [f"{BY_PHONE}::test_officers_have_an_address_and_do_not_come_in_by_a_text"],
    ),
    Mutant(
        "a code is kept readable in the session", "epeken/users/adapters.py",
        "return codes.sealed_code()", "return codes.opened(codes.sealed_code())",
        [f"{BY_PHONE}::test_sign_up_with_a_number_ends_at_the_kind_of_shop_that_was_chosen"],
    ),
    Mutant(
        "a password without an address opens everybody's lock", "epeken/users/adapters.py",
        "            reset(username=name)", "            reset(username=user.email)",
        [f"{BY_PHONE}::test_a_code_stands_for_the_forgotten_password_and_opens_no_other_lock"],
    ),
    Mutant(
        "a password is replaced without the old one or a code", "epeken/users/views.py",
        "if not codes.signed_in_by_code(request, user):", "if False:",
        [f"{BY_PHONE}::test_a_code_stands_for_the_forgotten_password_and_opens_no_other_lock"],
    ),
    Mutant(
        "the former number hears nothing", "epeken/users/adapters.py",
        "            self.tell_old_number(user, old)", "            pass",
        [f"{BY_PHONE}::test_a_new_number_is_confirmed_and_the_old_one_hears_of_it"],
    ),
    Mutant(
        "the token of the gateway follows a redirect", "epeken/notifications/channels/text/gateway.py",
        "build_opener(_NoRedirect)", "build_opener()",
        ["tests/notifications/test_texts.py::test_what_may_be_mended_is_tried_again_until_the_code_is_over"],
    ),
    Mutant(
        "guesses of strangers count for a known device", "epeken/users/adapters.py",
        'return f"{shared}:{device}" if device else shared', "return shared",
        ["tests/users/test_devices.py::test_guesses_from_many_addresses_do_not_keep_a_known_device_out"],
    ),
    Mutant(
        "who approved may issue for ever", "procurement/requests/policies.py",
        "    return bool(issuing_office(actor, request, day)) and not has_written(actor, request)",
        "    return actor.pk == request.approver_id or bool(issuing_office(actor, request, day))",
        ["tests/orders/test_roles_at_the_act.py::test_an_act_needs_its_role_today"],
    ),
    Mutant(
        "what the request asked for when it was sent decides for ever", "procurement/requests/services/decisions.py",
        "if was_approved else officers.office_of(request, day)", "if was_approved else request.needed_role",
        ["tests/procurement/requests/test_officers.py::test_the_ppk_decides_once_the_only_pp_is_gone"],
    ),
    Mutant(
        "who wrote a request decides on it after handing it over", "procurement/requests/policies.py",
        "lambda: request.takeovers.filter(earlier=actor).exists()", "lambda: False",
        [f"{TAKEOVERS}::test_who_wrote_it_first_decides_nothing_of_it"],
    ),
    Mutant(
        "lists offer a request to who wrote it first", "procurement/requests/officers.py",
        "found = found.exclude(Exists(wrote)).exclude(signed)", "found = found.exclude(signed)",
        [f"{TAKEOVERS}::test_who_wrote_it_first_decides_nothing_of_it"],
    ),
    Mutant(
        "work is taken from a requester who is there", "procurement/requests/services/takeovers.py",
        "    if OfficerRole.REQUESTER in memberships(earlier, request.agency_id, day):", "    if False:",
        [f"{TAKEOVERS}::test_while_the_requester_is_there_it_stays_theirs"],
    ),
    Mutant(
        "a request is decided before it is signed", "procurement/requests/services/decisions.py",
        "    if waits is not None:\n        raise InvalidMove(", "    if False:\n        raise InvalidMove(",
        [f"{CHAIN}::test_steps_are_signed_in_their_order_and_then_decided"],
    ),
    Mutant(
        "who signed decides too", "procurement/requests/services/decisions.py",
        "if request.state == RequestState.SUBMITTED and chain.has_signed(actor, request):", "if False:",
        [f"{CHAIN}::test_one_person_never_takes_two_steps"],
    ),
    Mutant(
        "lists offer the next step to who signed", "procurement/requests/officers.py",
        "found = found.exclude(Exists(wrote)).exclude(signed)", "found = found.exclude(Exists(wrote))",
        [f"{CHAIN}::test_one_person_never_takes_two_steps"],
    ),
    Mutant(
        "at the amount itself a signature is asked for", "procurement/signatures/querysets.py",
        "above__lt=total", "above__lte=total",
        [f"{CHAIN}::test_the_rules_of_the_day_ask_for_signatures"],
    ),
    Mutant(
        "signatures of an earlier sending count", "procurement/requests/chain.py",
        "found = request.signatures.filter(sent_at=sent_at)", "found = request.signatures.filter()",
        [f"{CHAIN}::test_what_is_sent_again_is_signed_again"],
    ),
    Mutant(
        "who is on leave still acts", "procurement/agencies/querysets.py",
        "return self.appointed(day).exclude(_is_away(day))", "return self.appointed(day)",
        [f"{LEAVES}::test_the_office_passes_on_exactly_those_days"],
    ),
    Mutant(
        "a withdrawn leave keeps its stand-in", "procurement/leaves/querysets.py",
        "self.filter(valid_on(day, until), withdrawn_at__isnull=True)", "self.filter(valid_on(day, until))",
        [f"{LEAVES}::test_a_withdrawn_leave_leaves_the_days_free"],
    ),
    Mutant(
        "a stand-in stays after the holder's appointment ended", "procurement/agencies/querysets.py",
        '& Exists(own.filter(pk=OuterRef("stands_in_for")))', "",
        [f"{LEAVES}::test_an_end_of_either_appointment_ends_the_standing_in"],
    ),
    Mutant(
        "papers forget in which capacity somebody signed", "procurement/agencies/policies.py",
        "return acting_office(actor, agency_id, [role], day) or str(role)", "return str(role)",
        [f"{LEAVES}::test_the_papers_and_the_history_name_the_capacity_of_the_act"],
    ),
    Mutant(
        "who stands in passes it on", "procurement/leaves/limits.py",
        "        standing is None,", "        True,",
        [f"{LEAVES}::test_who_stands_in_passes_it_on_to_nobody"],
    ),
    Mutant(
        "an appointment is revived by ending it", "procurement/agencies/services.py",
        "planned is None or last_day <= planned,", "True,",
        [f"{LEAVES}::test_an_appointment_that_ended_is_not_revived_by_ending_it"],
    ),
    Mutant(
        "two leaves are recorded at once", "procurement/leaves/services.py",
        "agency = Agency.objects.locked().get(pk=agency.pk)", "agency = Agency.objects.get(pk=agency.pk)",
        [*LOCKS, "tests/procurement/test_races.py::test_of_two_leaves_recorded_at_once_one_counts"],
    ),
    Mutant(
        "a dearer seller is covered by the approval there was", "procurement/sourcing/replacements.py",
        "        return not self.objections", "        return True",
        ["tests/orders/orders/test_replacing.py::test_an_approval_covers_nothing_once_its_hold_is_over"],
    ),
    Mutant(
        "other goods of the category are covered", "procurement/sourcing/replacements.py",
        "if not wanted.is_named(offer.product):", "if False:",
        ["tests/orders/orders/test_replacing.py::test_other_goods_of_the_category_need_an_approval_of_their_own"],
    ),
    Mutant(
        "who brought nothing is proposed again", "procurement/sourcing/replacements.py",
        ".exclude(seller__in=brought_nothing(part, request))", "",
        ["tests/orders/orders/test_replacing.py::test_who_cannot_bring_it_is_not_proposed"],
    ),
    Mutant(
        "another seller is ordered from with warnings nobody answered", "procurement/sourcing/services.py",
        "for concern in guards.unanswered_before(made, held, now)", "for concern in ()",
        ["tests/orders/orders/test_replacing.py::test_a_warning_nobody_answered_goes_back_to_approval"],
    ),
    Mutant(
        "a draft is edited after the appointment ended", "procurement/requests/services/drafts.py",
        "if not policies.is_requester(actor, locked, clock.local_date(now)):", "if False:",
        ["tests/orders/test_roles_at_the_act.py::test_an_act_needs_its_role_today"],
    ),
    Mutant(
        "a former officer settles a dispute", "orders/disputes/policies.py",
        "        return is_buyer_of(actor, order) or is_officer_of(actor, order, day)\n", "        return True\n",
        ["tests/orders/test_roles_at_the_act.py::test_an_act_needs_its_role_today"],
    ),
    Mutant(
        "looks at identity data leave no row", "umkm/sellers/services.py",
        "    DocumentView.objects.create(\n", "    DocumentView(\n",
        ["tests/umkm/sellers/test_open_shop.py::test_an_officers_look_leaves_a_row_and_the_owners_none"],
    ),
    # Parts
    Mutant(
        "more is sent than was ordered", "orders/deliveries/counts.py",
        "ZERO <= quantity <= most:", "ZERO <= quantity <= line.quantity:",
        [f"{PARTS}::test_no_more_is_sent_than_was_ordered"],
    ),
    Mutant(
        "each part is rounded alone", "orders/deliveries/models.py",
        "share(sold.price, (sold.accepted_quantity or Decimal(0)) + quantity) - (sold.accepted_amount or 0)",
        "share(sold.price, quantity)",
        [f"{PARTS}::test_the_parts_of_a_line_add_up_to_its_price"],
    ),
    Mutant(
        "a rejected part keeps its stock", "orders/deliveries/handover.py",
        "        _put_aside(lines, order, delivery, is_held=is_held, actor=actor, now=now)\n        if is_held:",
        "        if is_held:",
        [f"{PARTS}::test_a_rejected_part_is_put_aside_and_the_rest_is_still_awaited"],
    ),
    Mutant(
        "the receiver gives up the rest", "orders/orders/policies.py",
        "return is_buyer_of(actor, order) or holds(actor, order.agency_id, day, *APPROVERS)",
        "return is_buyer_of(actor, order) or holds(actor, order.agency_id, day, *OfficerRole)",
        [f"{PARTS}::test_only_those_who_order_give_up_the_rest"],
    ),
    Mutant(
        "a partly paid invoice is replaced", "orders/billing/services/correction.py",
        "    if invoice.paid:\n", "    if False:\n", [f"{PARTS}::test_what_is_partly_paid_is_not_replaced"],
    ),
    Mutant(
        "documents of a void invoice stay current", "orders/billing/replacing.py",
        "    documents.withdraw_documents(invoice, now, why)\n", "",
        [f"{PARTS}::test_a_wrong_invoice_is_replaced_with_todays_facts"],
    ),
    Mutant(
        "an officer's session lasts like a buyer's", "epeken/users/sessions/limits.py",
        'return "officer" if policies.owes_second_factor(user) else "person"', 'return "person"',
        ["tests/users/test_sessions.py"],
    ),
    Mutant(
        "a session in use lasts for ever", "epeken/users/sessions/limits.py",
        "clock.is_over(began + longest.total_seconds(), now)", "False",
        ["tests/users/test_sessions.py::test_a_session_in_use_ends_at_its_longest"],
    ),
    Mutant(
        "anybody ends a session of anybody", "epeken/users/sessions/views.py",
        "get_object_or_404(UserSession, pk=pk, user=user)", "get_object_or_404(UserSession, pk=pk)",
        ["tests/users/test_sessions.py::test_nobody_ends_the_session_of_somebody_else"],
    ),
    Mutant(
        "a silent database is waited for without end",
        "epeken/core/database.py",
        "if not connecting and now >= ask_at:",
        "if False:",
        ["tests/platform/test_outages.py::test_a_frozen_database_is_given_up_within_seconds_and_found_again"],
    ),
    Mutant(
        "everybody waits for a database known to be silent",
        "epeken/core/database.py",
        "if connecting and _away.is_set():",
        "if False:",
        ["tests/core/test_database.py"],
    ),
    Mutant(
        "one owner has two shares of a plan", "procurement/sourcing/plans.py",
        "key = offer.seller.owner_id or -offer.seller.pk", "key = -offer.seller.pk",
        ["tests/procurement/sourcing/test_plans.py"],
    ),
    Mutant(
        "more owners than are needed", "procurement/sourcing/plans.py",
        "asked = min(max(fewest, sellers or 0), len(ordered))", "asked = len(ordered)",
        ["tests/procurement/sourcing/test_plans.py"],
    ),
    Mutant(
        "busy sellers come first among equals", "procurement/sourcing/plans.py",
        "offer.room.quarter", "-offer.room.quarter",
        ["tests/procurement/sourcing/test_plans.py"],
    ),
    Mutant(
        "a plan takes what cannot come", "procurement/sourcing/services.py",
        'raise fault.refusal(f"banyak-{offer.product.pk}")', "continue",
        ["tests/procurement/sourcing/test_plans.py"],
    ),
    Mutant(
        "a plan counts twice", "procurement/sourcing/services.py",
        "if idempotency.claim(person=who, key=key, body=body) is not None:\n        return list(",
        "if False:\n        return list(",
        ["tests/procurement/sourcing/test_plans.py", "tests/procurement/test_races.py"],
    ),
    Mutant(
        "a stall is replaced from anywhere", "procurement/sourcing/replacements.py",
        "court is not None and one.seller.food_court_id != court,", "False,",
        ["tests/orders/orders/test_replacing.py"],
    ),
    Mutant(
        "a price at the standard is above it", "umkm/price_standards/models.py",
        "return price * self.size <= self.price", "return price * self.size < self.price",
        ["tests/umkm/price_standards", "tests/procurement/guards/test_prices.py"],
    ),
    Mutant(
        "a second shop counts beside the first", "umkm/market_prices/references.py",
        "FROM settled GROUP BY category_id, unit, owner",
        "FROM settled GROUP BY category_id, unit, owner, settled.price", MARKET,
    ),
    Mutant(
        "a price raised just before lifts the market", "umkm/market_prices/references.py",
        "WHERE c.product_id = p.id AND c.at > %(since)s AND c.old > 0", "WHERE c.product_id = p.id AND false", MARKET,
    ),
    Mutant(
        "goods listed just before lift the market", "umkm/market_prices/references.py",
        "AND p.published_at <= %(since)s", "AND p.published_at IS NOT NULL", MARKET,
    ),
    Mutant(
        "the asking owner is part of the market", "umkm/market_prices/references.py",
        "for owner, price in points if owner not in own", "for owner, price in points", MARKET,
    ),
    Mutant(
        "far above the market is sent without a word", "procurement/guards/concerns.py",
        "*_unthresholded(prices.far_above_market(held)),", "", ["tests/procurement/guards/test_market.py"],
    ),
    Mutant(
        "a replacement is not weighed with what was sent since", "procurement/guards/concerns.py",
        "return all(row in mine or row.at < gone[0].at for row in rows)", "return True",
        ["tests/procurement/guards/test_split.py"],
    ),
    Mutant(
        "a replacement for more than was approved is not weighed", "procurement/guards/concerns.py",
        "if not gone or sum(row.amount for row in mine) > sum(row.amount for row in gone):", "if not gone:",
        ["tests/procurement/guards/test_split.py"],
    ),
    Mutant(
        "a draw is made before its public value exists", "procurement/rotation/services.py",
        "clock.is_over(draw.draw_from, now),", "True,", TURNS,
    ),
    Mutant(
        "another draft is another try", "procurement/rotation/services.py",
        "_check_not_again(request, goods, now)\n    turns", "turns", TURNS,
    ),
    Mutant(
        "a busy seller weighs as much as a quiet one", "procurement/rotation/lists.py",
        "return max(full // (1 + orders), 1)", "return full", TURNS,
    ),
    Mutant(
        "the result of a draw need not be followed", "procurement/rotation/results.py",
        "if any(line.product_id != turn.product_id for line in lines):", "if False:", TURNS,
    ),
    Mutant(
        "who is passed over is told that its turn came later", "procurement/rotation/notices.py",
        'if hasattr(one, "passed"):', "if one is None:", TURNS,
    ),
    Mutant(
        "a place is told again whenever a turn is passed on", "procurement/rotation/notices.py",
        'key=f"{_about(draw)}{what}-{one.pk}-",', 'key=f"{_about(draw)}{what}-{one.pk}-{results.chosen(draw)}",', TURNS,
    ),
    Mutant(
        "everybody reads the place of everybody as their own", "procurement/rotation/pages.py",
        "if row.seller_id in mine and row.number", "if row.number", TURNS,
    ),
    Mutant(
        "whoever can deliver is passed over", "procurement/rotation/services.py",
        "lists.fault_of(draw, turn, request, now),\n        _(", "True,\n        _(", TURNS,
    ),
    Mutant(
        "who declines is followed by anybody", "procurement/sourcing/replacements.py",
        "return [one if one is first else replace(one, drawn_before=said) for one in found]", "return found", TURNS,
    ),
    Mutant(
        "a changed list draws the same", "procurement/rotation/drawing.py",
        '("list_hash", text_fingerprint(text)),', '("list_hash", published["list_hash"]),', TURNS,
    ),
    Mutant(
        "a new decree warns of nothing new", "procurement/guards/prices.py",
        'f"price-{line.product_id}-{row.pk}"', 'f"price-{line.product_id}"',
        ["tests/procurement/guards/test_prices.py"],
    ),
    Mutant(
        "people are reminded again and again", "epeken/core/reminders.py",
        "return near(begin, end, now, food=food) & untold", "return near(begin, end, now, food=food)",
        ["tests/orders/test_reminders.py"],
    ),
    Mutant(
        "a reminder comes with the work itself", "epeken/core/reminders.py",
        'long = clock.over(end, now + ahead) & Q(**{f"{begin}__lt": F(end) - ahead})',
        "long = clock.over(end, now + ahead)",
        ["tests/orders/test_reminders.py"],
    ),
    Mutant(
        "a copy is made of a request that runs", "procurement/requests/services/copies.py",
        "if not policies.can_copy(actor, request, day):", "if False:",
        ["tests/procurement/requests/test_copies.py"],
    ),
    Mutant(
        "a copy pays from a year that is over", "procurement/requests/services/copies.py",
        "line=now_is.get(request.line_id),", "line=request.line,",
        ["tests/procurement/requests/test_copies.py"],
    ),
    # What a decision gives
    Mutant(
        "a deduction above what is left to pay", "orders/disputes/terms.py",
        "0 < (given.amount or 0) <= most", "0 < (given.amount or 0)",
        [f"{DEDUCTIONS}::test_a_second_deduction_adds_up_and_never_exceeds"],
    ),
    Mutant(
        "who complained takes money off without an offer", "orders/disputes/services.py",
        "    if not dispute.opened_by_seller:\n        raise NotAllowed(", "    if False:\n        raise NotAllowed(",
        [f"{DEDUCTIONS}::test_who_complained_takes_nothing_or_the_offer_as_it_stands"],
    ),
    Mutant(
        "a seller counts refused goods as accepted", "orders/disputes/services.py",
        "    if given.outcome == DisputeOutcome.ACCEPTANCE:\n", "    if False:\n",
        [f"{ACCEPTANCES}::test_a_seller_counts_nothing_by_themselves"],
    ),
    Mutant(
        "somebody else than the receiver offers an acceptance", "orders/disputes/services.py",
        "    if dispute.opened_by_seller and not policies.can_accept(actor, order, day):\n", "    if False:\n",
        [f"{ACCEPTANCES}::test_only_the_receiver_offers_it"],
    ),
    Mutant(
        "goods that came again are accepted as well", "orders/remedies/rooms.py",
        "sum((_replaced(remedy) for remedy in replaced), ZERO), ZERO)", "0, ZERO)",
        [f"{ACCEPTANCES}::test_no_more_than_was_refused_and_not_replaced"],
    ),
    Mutant(
        "missing goods came although others were sent", "orders/remedies/rooms.py",
        "return line.sent if line.sent <= left else ZERO", "return line.sent",
        [f"{ACCEPTANCES}::test_missing_goods_that_were_sent_again_did_not_come"],
    ),
    Mutant(
        "a paid bill grows", "orders/remedies/rooms.py",
        "    if invoice.paid or invoice.sent_amount:\n", "    if False:\n",
        [f"{ACCEPTANCES}::test_a_bill_that_was_paid_in_part_grows_no_more"],
    ),
    Mutant(
        "goods decided to be accepted bind no budget", "orders/deliveries/overruling.py",
        "    _bind(order, lines, actor=actor, now=now)\n", "",
        [f"{ACCEPTANCES}::test_after_the_handover_goods_budget_and_bill_follow"],
    ),
    Mutant(
        "a seller takes goods of the buyer back", "orders/disputes/services.py",
        "    if is_refusal and dispute.opened_by_seller:\n", "    if False:\n",
        [f"{REFUSALS}::test_a_seller_takes_nothing_back_by_themselves"],
    ),
    Mutant(
        "somebody else than the receiver refuses goods", "orders/disputes/services.py",
        "        if is_refusal and not policies.can_accept(actor, order, day):\n", "        if False:\n",
        [f"{REFUSALS}::test_both_sides_agree_by_an_offer_that_the_receiver_takes"],
    ),
    Mutant(
        "goods that are to come again are refused besides", "orders/remedies/rooms.py",
        "max(line.kept - sum((remedy.invoiced_left for remedy in again), ZERO), ZERO)", "line.kept",
        [f"{REFUSALS}::test_goods_that_are_to_come_again_are_not_refused_besides"],
    ),
    Mutant(
        "more is refused than a department still owes", "orders/disputes/terms.py",
        "worth <= rooms.deductible(delivery):\n", "worth:\n",
        [f"{REFUSALS}::test_a_bill_paid_in_part_is_lowered_by_no_more_than_is_left"],
    ),
    Mutant(
        "a bill of refused goods takes its delivery cost along", "orders/deliveries/refusing.py",
        "    return kept > 0 or not bill.delivery_cost or not others.exists()\n", "    return True\n",
        [f"{REFUSALS}::test_the_delivery_cost_stays_with_the_bill_that_bears_it_while_there_are_others"],
    ),
    Mutant(
        "refused goods are the seller's no more", "orders/deliveries/refusing.py",
        "        returns.refuse_delivered(\n", "        dict(\n",
        [f"{REFUSALS}::test_after_the_handover_a_bill_of_what_is_kept_takes_the_place"],
    ),
    Mutant(
        "a deduction is more than the bill that is left", "orders/billing/deductions.py",
        "        part = min(decided, worth - taken)\n",
        "        part = decided if remedy.state == RemedyState.APPLIED else min(decided, worth - taken)\n",
        [f"{REFUSALS}::test_a_deduction_takes_no_more_than_the_bill_that_is_left"],
    ),
    Mutant(
        "refused goods are for sale unasked", "umkm/returns/services.py",
        "_post(product, StockMove.REFUSE, reference, actor, now, part, **before, refused=quantity)",
        "_post(product, StockMove.RELEASE, reference, actor, now, part, **before, on_hand=quantity)",
        ["tests/orders/deliveries/test_services.py::test_partial_acceptance_frees_the_rest_of_the_budget"],
    ),
    Mutant(
        "meals that were refused are sold again", "umkm/returns/policies.py",
        "return not is_meal(product)", "return True",
        ["tests/umkm/returns/test_answers.py"],
    ),
    Mutant(
        "an answer about refused goods counts twice", "umkm/returns/services.py",
        "        waiting == asked,\n", "        True,\n",
        ["tests/umkm/returns/test_answers.py"],
    ),
    Mutant(
        "ordering from one shop empties the whole cart", "orders/carts/services.py",
        "    wanted.delete()\n", "    cart.lines.all().delete()\n",
        ["tests/orders/carts/test_pages.py::test_goods_of_several_shops_can_be_ordered_shop_by_shop"],
    ),
    Mutant(
        "what departments alone say counts as confirmed by the seller", "orders/billing/querysets.py",
        "CONFIRMED = Q(invoice__order__agency__isnull=True) | Q(confirmation__state=ConfirmationState.CONFIRMED)",
        "CONFIRMED = ~Q(confirmation__state=ConfirmationState.OBJECTED)",
        ["tests/orders/sales/test_sales.py"],
    ),
    Mutant(
        "a seller is promised a day before the event", "orders/documents/lacking.py",
        "Q(order__request__event_at__gt=F(\"due_at\")) & _lacks_of(AFTER_EVENT)",
        "Q(order__request__event_at__gt=F(\"due_at\")) & Q(pk__isnull=True)",
        ["tests/orders/documents/test_slots.py"
         "::test_a_seller_is_promised_no_day_before_the_event_whose_papers_are_required"],
    ),
    Mutant(
        "own late work stands below that of others", "epeken/site/dashboards/work_lists.py",
        "not group.items, group.is_of_others, end is None", "not group.items, False, end is None",
        ["tests/site/test_agency_desk.py::test_own_late_work_stands_above_what_is_late_with_others"],
    ),
    Mutant(
        "a paper taken out asks nobody", "orders/documents/services.py",
        "        notices.paper_taken_out(attachment, now=now)\n", "",
        ["tests/orders/documents/test_told.py"
         "::test_a_paper_taken_out_asks_for_it_anew_and_the_treasurer_again_once_it_came"],
    ),
    Mutant(
        "goods decided to be accepted stay with the seller", "umkm/returns/services.py",
        "    if waiting > 0:\n", "    if False:\n",
        [f"{ACCEPTANCES}::test_after_the_handover_goods_budget_and_bill_follow"],
    ),
    Mutant(
        "the frame keeps counting what was not accepted", "orders/orders/services/completion.py",
        "            frames.give_back(request=order.request, lines=lines, amount=freed, actor=actor, now=now)\n", "",
        ["tests/procurement/frames/test_frames.py::test_frame_has_again_what_was_not_accepted"],
    ),
    Mutant(
        "the frame does not count what was decided", "orders/deliveries/overruling.py",
        "    frames.take_again(request=order.request, lines=lines, amount=more, actor=actor, now=now)\n", "",
        ["tests/procurement/frames/test_frames.py::test_frame_counts_again_what_was_decided_to_be_accepted"],
    ),
    Mutant(
        "the paper of a reversed part payment holds", "orders/billing/reversing.py",
        "    documents.withdraw_part(payment, now)\n", "",
        ["tests/orders/documents/test_part_payments.py::test_reversed_it_is_marked_and_holds_no_place"],
    ),
    Mutant(
        "tax on money that was deducted", INVOICES,
        "    lines, cost = _amounts(delivery, facts[\"delivery_cost\"], facts[\"deduction\"])",
        "    lines, cost = _amounts(delivery, facts[\"delivery_cost\"], 0)",
        [f"{DEDUCTIONS}::test_an_invoice_is_lowered_with_its_tax_and_its_budget"],
    ),
    Mutant(
        "paid before the goods came again", HINDRANCES,
        "    if awaited is not None:\n", "    if False:\n",
        [f"{AGAIN}::test_partly_right_lowers_the_invoice_by_the_rest"],
    ),
    Mutant(
        "goods that do not come cost nothing", "orders/remedies/granting.py",
        "            if amount > 0:\n", "            if False:\n",
        [f"{REMEDIES}::test_goods_that_do_not_come_are_deducted"],
    ),
    Mutant(
        "refused goods that come again are invoiced by nobody", "orders/deliveries/services.py",
        "    receiving.record(delivery, findings)\n    deductions.settle_refused(delivery, actor=actor, now=now)\n",
        "    receiving.record(delivery, findings)\n",
        [f"{AGAIN}::test_what_stands_for_both_covers_the_invoiced_first"],
    ),
    Mutant(
        "goods that came again are invoiced twice", "orders/deliveries/handover.py",
        "    results.cover(delivery, lines)\n", "",
        [f"{AGAIN}::test_invoiced_goods_come_again_and_release_the_invoice"],
    ),
    Mutant(
        "the budget of goods that come again is given away", "orders/orders/services/completion.py",
        "    if Remedy.objects.awaited().filter(order=order).exists():\n", "    if False:\n",
        [f"{AGAIN}::test_refused_goods_that_come_again_are_invoiced_and_paid"],
    ),
    Mutant(
        "refused goods that come again stop the bill of accepted ones", "orders/remedies/querysets.py",
        'self.awaited().filter(quantity__gt=F("refused") + F("came"))', "self.awaited()",
        [f"{AGAIN}::test_the_invoice_of_accepted_goods_is_paid_while_refused_ones_are_awaited"],
    ),
    Mutant(
        "a replacement is counted before what it replaces", "orders/deliveries/policies.py",
        "delivery.remedy is not None and delivery.remedy.delivery.state == DeliveryState.ARRIVED", "False",
        [f"{AGAIN}::test_the_goods_it_replaces_are_counted_first"],
    ),
    Mutant(
        "a record that is corrected is late", "orders/billing/reversing.py",
        "invoice.due_at is None or not sent or sent <", "True or sent <",
        [f"{CORRECTIONS}::test_money_that_was_sent_is_not_late_while_its_record_is_corrected"],
    ),
    Mutant(
        "a rupiah that was sent excuses the whole invoice", "orders/billing/reversing.py",
        "or sent < net - (invoice.paid - payment.amount)", "",
        [f"{CORRECTIONS}::test_a_part_that_was_sent_excuses_no_more_than_itself"],
    ),
    Mutant(
        "a delivery is taken back after its PIN was tried", "orders/deliveries/policies.py",
        "if delivery.state != DeliveryState.SHIPPED or delivery.pin_misses:",
        "if delivery.state != DeliveryState.SHIPPED:",
        [f"{TAKEN_BACK}::test_a_pin_that_was_tried_says_that_somebody_was_there"],
    ),
    Mutant(
        "recording a shipment and taking it back gains time", "orders/deliveries/sending.py",
        "order.rest_due_at = delivery.rest_until", "order.rest_due_at = None",
        [f"{TAKEN_BACK}::test_a_rest_is_waited_for_until_the_end_it_had"],
    ),
    Mutant(
        "what never left keeps a late order from being cancelled", "orders/orders/next_step.py",
        "for delivery in order.deliveries.all() if delivery.state != DeliveryState.WITHDRAWN]",
        "for delivery in order.deliveries.all()]",
        [f"{TAKEN_BACK}::test_a_late_order_is_cancelled_as_one_of_which_nothing_left"],
    ),
    Mutant(
        "goods that were given up are taken back", "orders/deliveries/policies.py",
        "and order.rest_closed_at is None and not is_given_up", "",
        [f"{TAKEN_BACK}::test_goods_that_nobody_waits_for_are_not_taken_back"],
    ),
    Mutant(
        "an invitation waits for the event", "orders/documents/slots.py",
        "event_at if kind in AFTER_EVENT else None", "event_at",
        ["tests/orders/documents/test_slots.py::test_papers_of_an_event_wait_for_it"],
    ),
    Mutant(
        "papers are late before the event they tell of", "orders/billing/standing.py",
        "return max(invoice.due_at, clock.end_of(clock.local_date(invoice.office_papers_from)))",
        "return invoice.due_at",
        ["tests/orders/documents/test_slots.py::test_a_bill_that_waits_for_an_event_is_nobodys_delay_before_it"],
    ),
    Mutant(
        "a treasurer is asked to check an invoice of nothing", "orders/deliveries/result_notices.py",
        "    if not invoice.gross:\n", "    if False:\n",
        [f"{DEDUCTIONS}::test_a_bill_of_which_all_was_deducted_asks_nobody_for_anything"],
    ),
    Mutant(
        "what was recorded wrongly counts as what left", "orders/reversals/models.py",
        "(self.sent_amount or self.payment.amount) if", "self.payment.amount if",
        [f"{AMOUNTS}::test_less_left_than_was_recorded"],
    ),
    Mutant(
        "another sum is recorded anew than the head released", "orders/billing/services/payments.py",
        "amount in (None, owed)", "True",
        [f"{AMOUNTS}::test_less_left_than_was_recorded"],
    ),
    Mutant(
        "more left for an invoice than it takes", "orders/reversals/services.py",
        "sent_amount <= most", "True",
        [f"{AMOUNTS}::test_what_cannot_have_left_is_not_asked_for"],
    ),
    Mutant(
        "a second reversal forgets the money that was sent", "orders/reversals/services.py",
        "invoice.correcting_id is None,", "True,",
        [f"{AMOUNTS}::test_one_record_of_an_invoice_is_corrected_at_a_time"],
    ),
    Mutant(
        "reversing again and again gains time", "orders/billing/reversing.py",
        'first.aggregate(first=Min("ended_at"))["first"] or now', "now",
        [f"{CORRECTIONS}::test_reversing_again_gains_no_time"],
    ),
    Mutant(
        "money that was not returned is forgotten", "orders/remedies/services.py",
        '        move(remedy, "fall_due", actor=None, now=now, waits_since=now, due_at=None)\n',
        '        move(remedy, "lapse", actor=None, now=now, waits_since=now, due_at=None)\n',
        [f"{REMEDIES}::test_money_that_was_not_returned_stays_owed"],
    ),
    Mutant(
        "a dispute leaves what was decided running", "orders/deliveries/services.py",
        "        raise DisputeOpen(order)\n    if remedy.order_line is None",
        "        pass\n    if remedy.order_line is None",
        [f"{REMEDIES}::test_another_dispute_stops_what_was_decided"],
    ),
    # A surat pesanan is changed by two, and everything moves with it
    Mutant(
        "who proposed a change agrees to it", "orders/addenda/services.py",
        "    _check_side(actor, order, now, seller=not found.by_seller)\n"
        "    _check_waits(found, order, now)\n    if waiting",
        "    _check_waits(found, order, now)\n    if waiting",
        [f"{ADDENDA}::test_who_proposes_for_the_department_does_not_agree_for_the_seller"],
    ),
    Mutant(
        "a contract grows without end", "orders/addenda/terms.py",
        "        terms.total(order) <= most,", "        True,",
        [f"{ADDENDA}::test_a_contract_grows_to_its_dated_part_and_no_further"],
    ),
    Mutant(
        "an addendum splits a purchase", "orders/addenda/terms.py",
        "    _check_split(request, lines, terms, after, now)\n", "",
        [f"{ADDENDA}::test_what_passes_a_threshold_together_with_other_purchases_is_a_new_request"],
    ),
    Mutant(
        "a higher sum signed by whoever holds an office", "orders/addenda/services.py",
        "    offices = APPROVERS if needed == OfficerRole.PP else (needed,)", "    offices = APPROVERS",
        [f"{ADDENDA}::test_a_higher_sum_is_signed_by_the_office_that_may_approve_it"],
    ),
    Mutant(
        "goods that were sent are taken out", "orders/addenda/terms.py",
        "            wanted >= line.sent_quantity and wanted > 0,", "            wanted > 0,",
        [f"{ADDENDA}::test_goods_that_were_sent_are_not_taken_out"],
    ),
    Mutant(
        "goods on their way get the new day", "orders/addenda/services.py",
        "    if row.moves_day and wanted.date is None:\n        # What left", "    if False:\n        # What left",
        [f"{ADDENDA}::test_goods_on_their_way_keep_the_moment_for_which_they_left"],
    ),
    Mutant(
        "a moved date uses what the order holds for another", "orders/addenda/dates.py",
        "for_agency=True, by=change.moved_to\n", "for_agency=True, by=change.moved_to, held_by=order.number\n",
        [f"{DATE_CHANGES}::test_a_day_of_work_that_another_date_needs_is_not_taken_twice"],
    ),
    Mutant(
        "a date is changed whose goods left", "orders/addenda/dates.py",
        "if not day.is_begun]", "]",
        [f"{DATE_CHANGES}::test_a_date_whose_goods_left_or_that_was_given_up_is_changed_no_more"],
    ),
    Mutant(
        "a dropped date still costs its delivery", "orders/addenda/dates.py",
        "return due.cost_on(order, self.day) if self.drops else 0", "return 0",
        [f"{DATE_CHANGES}::test_a_dropped_date_frees_its_goods_its_delivery_and_its_day"],
    ),
    Mutant(
        "two dates of a schedule fall on one day", "orders/addenda/dates.py",
        "        same is None,", "        True,",
        [f"{DATE_CHANGES}::test_what_a_new_date_is_asked"],
    ),
    Mutant(
        "who signed an addendum receives the goods", "orders/orders/policies.py",
        " or _signed_addendum(actor, order):", ":",
        [f"{ADDENDA}::test_who_signed_receives_nothing"],
    ),
    # What was promised is given up by two
    Mutant(
        "an accepted order is cancelled in one step", "orders/cancellations/policies.py",
        "    if order.state == OrderState.PLACED:\n        return Way.DIRECT",
        "    if order.state in (OrderState.PLACED, OrderState.ACCEPTED):\n        return Way.DIRECT",
        [f"{CANCELLATIONS}::test_once_accepted_it_takes_two"],
    ),
    Mutant(
        "who asked consents too", "orders/cancellations/services.py",
        "if not policies.is_of_other_side(actor, found, order, now):\n"
        '        raise NotAllowed(_("Permintaan ini disetujui atau ditolak oleh pihak yang lain."))\n'
        "    _check_waits(found, order, now)\n    return _let_go",
        "if False:\n        raise NotAllowed()\n    _check_waits(found, order, now)\n    return _let_go",
        [f"{CANCELLATIONS}::test_the_asking_side_does_not_consent_for_the_other"],
    ),
    Mutant(
        "a claim above what was ordered", "orders/cancellations/services.py",
        "    if amount > most:", "    if False:",
        [f"{CANCELLATIONS}::test_a_claim_is_lowered_or_dropped_never_raised"],
    ),
    Mutant(
        "another amount agreed than was shown", "orders/cancellations/services.py",
        "        amount == found.claimed,", "        True,",
        [f"{CANCELLATIONS}::test_a_claim_is_lowered_or_dropped_never_raised"],
    ),
    Mutant(
        "a claim makes the seller late", "orders/cancellations/services.py",
        "max([order.deliver_at, *kept]) + waited", "max([order.deliver_at, *kept])",
        [f"{CANCELLATIONS}::test_who_keeps_the_order_gives_the_seller_the_time_back"],
    ),
    Mutant(
        "an officer releases a shop of their own", "orders/cancellations/services.py",
        "if order.agency_id is not None and not for_seller and is_tied", "if False and is_tied",
        [f"{CANCELLATIONS}::test_no_officer_decides_for_a_shop_of_their_own"],
    ),
    Mutant(
        "goods on their way and a request that waits", "orders/deliveries/leaving.py",
        "    overtake(order, actor=actor, now=now)\n", "",
        [f"{CANCELLATIONS}::test_shipping_overtakes_what_waits"],
    ),
    Mutant(
        "lock of consent dropped", "orders/cancellations/services.py",
        "order = Order.objects.locked().get(pk=cancellation.order_id)",
        "order = Order.objects.get(pk=cancellation.order_id)", LOCKS,
    ),
    Mutant(
        "a file an officer decided with is taken out", "procurement/attachments/policies.py",
        "decided_at is not None and attachment.uploaded_at <= decided_at", "False",
        [f"{FILES}::test_what_lay_before_the_officer_who_sent_it_back_stays"],
    ),
    Mutant(
        "the files of all requests are open to an officer", "procurement/attachments/views.py",
        "else found.attachments.kept()", "else found.attachments.model.objects.all()",
        [f"{FILES}::test_the_department_and_the_inspectorate_read_and_nobody_else"],
    ),
    Mutant(
        "a copy carries files", "procurement/requests/services/copies.py",
        "    kept = [line for line in before if not",
        "    attachments.carry(request, draft)\n    kept = [line for line in before if not",
        [f"{FILES}::test_a_copy_has_no_files_and_what_goes_on_keeps_them"],
    ),
    Mutant(
        "a file taken out of the request goes into the pack", "orders/documents/slots.py",
        "    return [each for each in paperwork_of(order) if each.removed_at is None]",
        "    return paperwork_of(order)",
        ["tests/orders/documents/test_request_files.py"],
    ),
    Mutant(
        "a template of another department is seen", "procurement/request_templates/querysets.py",
        'Q(agency_id__in=mine.values("agency_id")) | Q(agency__isnull=True) & Exists(mine)', "Exists(mine)",
        [f"{TEMPLATES}::test_strangers_and_other_departments_find_nothing"],
    ),
    Mutant(
        "a frame is drawn below zero", FRAMES_SERVICES,
        'filter(pk=frame.pk, drawn__lte=F("amount") - amount)', "filter(pk=frame.pk)", [FRAMES],
    ),
    Mutant(
        "a frame keeps its reserve beside the request's", FRAMES_SERVICES,
        "Locks: BudgetLine.\n    \"\"\"\n    budgets.release(line=line, amount=amount,",
        "Locks: BudgetLine.\n    \"\"\"\n    budgets.release(line=line, amount=1,", [FRAMES],
    ),
    Mutant(
        "what falls through is not the frame's again", "procurement/requests/services/holds.py",
        "    frames.give_back(request=request, lines=request.locked_lines, amount=request.total,",
        "    (lambda **_more: None)(request=request, lines=request.locked_lines, amount=request.total,", [FRAMES],
    ),
    Mutant(
        "thresholds are asked over one frame of several", "procurement/frames/terms.py",
        "amount=frame.amount + sum(amount for _number, amount in counted)", "amount=frame.amount", [FRAMES],
    ),
    Mutant(
        "a frame covers what its signers are tied to", "procurement/frames/terms.py",
        "    yield from _people(frame, request, held)\n", "", [FRAMES],
    ),
    Mutant(
        "a guard's warning does not keep a request out of a frame", "procurement/frames/fit.py",
        "    for concern in concerns(request, held, now, frame=frame):\n        yield concern.words\n", "", [FRAMES],
    ),
    Mutant(
        "a frame is signed by who proposed it", FRAMES_SERVICES,
        "if actor.pk == frame.proposer_id:", "if False:", [FRAMES],
    ),
    Mutant(
        "orders go out at once in the name of who has left", "orders/orders/services/framed.py",
        "if not officer.is_active or not requests_policies.may_issue(officer, request, clock.local_date(now)):",
        "if not officer.is_active:", [FRAMES],
    ),
    Mutant(
        "the later editor of a template wins", "procurement/request_templates/services.py",
        "    editing.check_unchanged(shown, current, values)\n", "",
        [f"{TEMPLATES}::test_two_editors_do_not_overwrite_each_other"],
    ),
    Mutant(
        "a template is used for the caller's department", "procurement/request_templates/services.py",
        "    agency = template.agency or agency\n", "",
        [f"{TEMPLATES}::test_only_a_requester_of_the_department_makes_a_draft"],
    ),
    Mutant(
        "amounts of a template stay those of its first event", "procurement/request_templates/amounts.py",
        "line.amount * (people or 1) if line.is_per_person else line.amount", "line.amount",
        [f"{TEMPLATES}::test_a_draft_asks_for_the_same_products_at_todays_prices_for_the_people_who_come"],
    ),
    Mutant(
        "no arrival is recorded while a dispute is undecided", "orders/orders/next_step.py",
        "[told, *_counting(order), *_sending(order, now)]", "[told, *_sending(order, now)]",
        [f"{DISPUTES}::test_goods_that_come_meanwhile_are_counted_and_lose_no_time"],
    ),
    Mutant(
        "a delivery that came in a dispute gets all of its time", "orders/disputes/clocks.py",
        "now - max(dispute.opened_at, delivery.waits_since)", "now - dispute.opened_at",
        [f"{DISPUTES}::test_goods_that_come_meanwhile_are_counted_and_lose_no_time"],
    ),
    Mutant(
        "a department gains time to pay by a complaint it ends itself", "orders/disputes/services.py",
        "pays_later = gives or dispute.opened_by_seller or policies.can_decide(actor)", "pays_later = True",
        [f"{DISPUTES}::test_the_payment_clock_gets_its_days_back"],
    ),
    Mutant(
        "the silence of the city gives time to pay", "orders/disputes/services.py",
        "clocks.run_on(stopped, dispute, now, pays_later=dispute.opened_by_seller)",
        "clocks.run_on(stopped, dispute, now, pays_later=True)",
        [f"{DISPUTES}::test_silence_of_the_city_gives_the_department_no_time_to_pay"],
    ),
    Mutant(
        "silence ends a seller's complaint", "orders/disputes/services.py",
        "ends=not dispute.opened_by_seller", "ends=True",
        [f"{DISPUTES}::test_a_sellers_complaint_stays_open_and_is_told_again_and_again"],
    ),
    Mutant(
        "a department stops the payment again after a silent end", "orders/disputes/policies.py",
        "if last is None or last.state != DisputeState.LAPSED or last.decided_at is None:", "if True:",
        [f"{DISPUTES}::test_after_a_silent_end_the_department_does_not_stop_the_payment_again"],
    ),
    Mutant(
        "a party is asked to decide", "orders/disputes/notices.py",
        "if not policies.is_party(person, order, local_date(now))", "",
        [f"{DISPUTES}::test_those_who_decide_hear_that_a_complaint_waits_for_them"],
    ),
    Mutant(
        "a proposed change lapses during a complaint", "orders/addenda/services.py",
        "now) or disputes_policies.is_disputed(order):", "now):",
        [f"{ADDENDA}::test_while_a_complaint_is_undecided_it_does_not_lapse"],
    ),
    Mutant(
        "a proposed change loses the time of a complaint", "orders/disputes/clocks.py",
        "    ending.pause(order, paused, now)\n", "",
        [f"{ADDENDA}::test_while_a_complaint_is_undecided_it_does_not_lapse"],
    ),
    Mutant(
        "days to pay begin anew with a bill made anew", "orders/billing/policies.py",
        "return invoice.delivery.accepted_at or invoice.issued_at", "return invoice.issued_at",
        ["tests/orders/scorecards/test_figures.py::test_a_bill_made_anew_was_to_be_paid_since_the_acceptance"],
    ),
    Mutant(
        "a complaint hides that a bill was late", "orders/billing/querysets.py",
        "filter(~Exists(stops) | was_late, over", "filter(~Exists(stops), over",
        ["tests/orders/scorecards/test_figures.py::test_a_complaint_about_what_is_late_already_hides_no_lateness"],
    ),
    Mutant(
        "the rest is paid though the page showed another", PAYMENTS,
        "amount is not None or shown in (None, invoice.outstanding)", "True",
        ["tests/orders/billing/test_pages.py::test_all_that_is_left_is_what_the_page_said_was_left"],
    ),
    Mutant(
        "money on its way counts what was paid", "epeken/site/dashboards/seller_day.py",
        'left = F("net") - F("paid")', 'left = F("net")',
        ["tests/site/test_seller_desk.py::test_no_day_is_promised_for_money_that_is_late"],
    ),
    Mutant(
        "the requester is asked to receive", "orders/deliveries/notices.py",
        "asked = officers(order, now, OfficerRole.RECEIVER) or buying", "asked = buying",
        ["tests/orders/deliveries/test_services.py::test_only_who_receives_is_asked_to_receive"],
    ),
    Mutant(
        "the days to pay run on in a dispute", "orders/orders/pages/parts.py",
        "clock=None if disputed or awaited else clock,", "clock=clock,",
        ["tests/orders/orders/test_status.py::test_the_page_of_a_disputed_order_counts_no_days_to_pay"],
    ),
    Mutant(
        "a page in English asks for what a person's invoice does not have", "orders/billing/pages.py",
        'told = {} if language == "id" or not lines else', 'told = {} if language == "id" else',
        ["tests/site/test_access.py::test_every_stage_is_shown_in_english"],
    ),
    Mutant(
        "the last part is told as one of more to come", "orders/deliveries/notices.py",
        'part = "part_" if is_rest_expected(order) else "rest_"', 'part = "part_"', [PARTS],
    ),
    Mutant(
        "one tap deletes an address", "epeken/users/addresses/views.py",
        'if request.method != "POST":\n        after', "if False:\n        after", ["tests/users/test_addresses.py"],
    ),
    Mutant(
        "a refusal leads back to the form that was refused", "epeken/core/web/targets.py",
        "(may_repeat or path != request.path)", "True", ["tests/core/test_targets.py"],
    ),
    Mutant(
        "the checkout forgets what was typed", "orders/carts/views.py",
        "start |= _typed_before(request, sellers, book)", "pass", ["tests/orders/carts/test_pages.py"],
    ),
    Mutant(
        "a description on show changes unseen", "umkm/catalogue/services/products.py",
        "    if name not in CERTIFICATES or new or",
        '    if name == "description":\n        return True\n    if name not in CERTIFICATES or new or',
        ["tests/umkm/catalogue/test_services.py::test_what_a_buyer_or_a_deadline_relies_on_waits"],
    ),
    Mutant(
        "shorter days to make goods show unseen", "umkm/catalogue/services/products.py",
        "return new > old", "return new != old",
        ["tests/umkm/catalogue/test_services.py::test_what_a_buyer_or_a_deadline_relies_on_waits"],
    ),
    Mutant(
        "a change that is applied raises the price again", "umkm/catalogue/services/products.py",
        "follow_product(product=row, before=before)", "pass",
        ["tests/umkm/catalogue/test_services.py::test_a_change_that_is_applied_brings_nothing_back"],
    ),
    Mutant(
        "today's portions are told for a later day", "umkm/catalogue/views/products.py",
        "if product.stock_mode == StockMode.DAILY else day\n", "if False else day\n",
        ["tests/umkm/discovery/test_pages.py::test_what_is_left_is_told_for_the_first_day_it_can_come"],
    ),
    Mutant(
        "approval forgets what is unmet", "umkm/verification/services.py",
        "    require_met(status_of(seller, clock.local_date(now)))", "    pass",
        ["tests/umkm/requirements/test_requirements.py::test_approval_waits_for_what_an_officer_has_to_find"],
    ),
    Mutant(
        "a waiver excuses another owner's shop", "umkm/requirements/querysets.py",
        "return found if seller.owner_since is None else", "return found if True else",
        ["tests/umkm/requirements/test_requirements.py"
         "::test_a_waiver_of_another_kind_of_seller_or_of_an_earlier_owner_excuses_nobody"],
    ),
    Mutant(
        "a wrong finding counts as met once it was noted", "umkm/requirements/status.py",
        "for row in rows) and self._fails_still(code)", "and not row.acknowledged_at for row in rows)",
        ["tests/umkm/requirements/test_requirements.py"
         "::test_what_is_wrong_is_put_right_or_waived_and_noting_it_is_not_enough"],
    ),
    Mutant(
        "goods lapse on the last day of a waiver", "umkm/requirements/querysets.py",
        "return self.filter(over_by(day), state=WaiverState.IN_FORCE)",
        "return self.filter(valid_until__lte=day, state=WaiverState.IN_FORCE)",
        ["tests/umkm/requirements/test_requirements.py"
         "::test_goods_are_on_show_through_the_last_day_and_back_when_the_paper_is_there"],
    ),
    Mutant(
        "a later requirement is asked of every open shop", "umkm/requirements/status.py",
        "is_asked = is_asked and (row.key in before or row.is_asked_of_existing(day))", "pass",
        ["tests/umkm/requirements/test_requirements.py"
         "::test_a_later_requirement_is_asked_of_open_shops_only_where_it_says_so"],
    ),
    Mutant(
        "a grocery's proof is published", "umkm/sellers/services.py",
        "is_told = seller.kind == SellerKind.UMKM", "is_told = True",
        ["tests/umkm/verification/test_services.py::test_the_front_of_a_producers_shop_stands_on_its_page"],
    ),
    Mutant(
        "one tap removes a line of a draft", "procurement/sourcing/views.py",
        '    if request.method != "POST":\n        line = found', "    if False:\n        line = found",
        ["tests/procurement/sourcing/test_removing.py"],
    ),
    Mutant(
        "an ended appointment is told although another office stands", "procurement/agencies/policies.py",
        "found is None or memberships(actor, found.agency_id, day)", "found is None",
        ["tests/procurement/agencies/test_ended.py"],
    ),
    Mutant(
        "the last day of a holiday is not in it", "epeken/site/dashboards/seller_views.py",
        "clock.last_day(sends_by(order, now)) <= last",
        "clock.last_day(sends_by(order, now)) < last", ["tests/site/test_shop_holiday.py"],
    ),
    Mutant(
        "any officer of the city opens the evidence of a claim", "orders/orders/fetch.py",
        "if disputes_policies.can_decide(person(request)):", "if person(request).is_staff:",
        ["tests/orders/cancellations/test_evidence.py"],
    ),
    Mutant(
        "a stall that brings its half already is asked first", "procurement/sourcing/replacements.py",
        "court is not None and one.seller.pk in bring,", "False,",
        ["tests/orders/orders/test_replacing.py"],
    ),
    Mutant(
        "who adds a file is told of it", "procurement/attachments/notices.py",
        "[person for person in people if person != actor]", "people", [FILES],
    ),
    Mutant(
        "a late offer is taken", f"{QUOTING}/offering.py",
        "if clock.is_over(quotation.closes_at, now):", "if quotation.closes_at < now:",
        [f"{QUOTATIONS}::test_the_end_is_half_open"],
    ),
    Mutant(
        "offers are opened before their time", f"{QUOTING}/opening.py",
        "if not clock.is_over(quotation.closes_at, now):", "if False:",
        [f"{QUOTATIONS}::test_the_end_is_half_open"],
    ),
    Mutant(
        "the figures of an offer can be tried out on the digest of its key", f"{QUOTING}/offering.py",
        "return blind_index(json.dumps(said))", "return json.dumps(said)",
        [f"{QUOTATIONS}::test_the_claim_of_an_offer_needs_the_key_of_the_city"],
    ),
    Mutant(
        "the key of sealed offers outlives a cancellation", f"{QUOTING}/publishing.py",
        "    destroy_seal(quotation, now)\n", "",
        [f"{QUOTATIONS}::test_the_key_is_gone_after_the_opening_and_after_a_cancellation"],
    ),
    Mutant(
        "any offer is opened as the shop's whose row it lies in", "procurement/quotations/seals.py",
        'if (body.pop("quotation"), body.pop("seller")) != (quotation, seller):',
        'if (body.pop("quotation"), body.pop("seller")) == ():',
        [f"{QUOTATIONS}::test_an_offer_put_in_place_of_another_shops_is_unreadable_and_stops_nobody"],
    ),
    Mutant(
        "an officer with a shop among the offers decides", f"{QUOTING}/publishing.py",
        "    if (shop := policies.own_shop(actor, offers)) is not None:\n        raise OwnShop(shop)\n", "",
        [f"{QUOTATIONS}::test_an_officer_tied_to_a_shop_that_offered_decides_nothing"],
    ),
    Mutant(
        "the best offer is passed over for a reason its facts deny", f"{QUOTING}/awarding.py",
        "    _check_reason(reason, found, is_unreal=is_unreal)\n", "",
        [f"{QUOTATIONS}::test_passing_over_needs_a_reason_its_facts_do_not_deny"],
    ),
    Mutant(
        "what won is bought at the price of the shop window", "procurement/requests/models.py",
        "return today if self.quoted_price is None else min(today, self.quoted_price)", "return today",
        [f"{QUOTATIONS}::test_the_award_is_a_draft_at_the_offered_prices_that_goes_the_way_of_every_request"],
    ),
    Mutant(
        "a question says who asks", "procurement/quotations/services/questions.py",
        'if " " in name.strip() and', "if False and",
        [f"{QUESTIONS}::test_a_question_says_neither_who_asks_nor_how_to_reach_them"],
    ),
    Mutant(
        "an answer comes too late to be followed", "procurement/quotations/services/questions.py",
        "    if not questions.takes_answers(quotation, now):\n", "    if False:\n",
        [f"{QUESTIONS}::test_the_ends_of_asking_and_answering_are_half_open"],
    ),
    Mutant(
        "a winner is got rid of by ordering and cancelling", "procurement/quotations/outcome.py",
        "if not must_change_seller(part):", "if False:",
        [f"{NEXT_IN_RANK}::test_what_the_department_itself_cancelled_gives_the_next_nothing"],
    ),
    Mutant(
        "another seller is looked for beside the ranking", "procurement/requests/services/unfilled.py",
        "if (quotation := ranking_of(part)) is not None:", "if (quotation := ranking_of(part)) is not None and False:",
        [f"{NEXT_IN_RANK}::test_no_other_seller_is_looked_for_beside_the_ranking"],
    ),
    Mutant(
        "offers bind for ever", "procurement/quotations/outcome.py",
        "    if not clock.is_over(until, now):\n", "    if True:\n",
        [f"{NEXT_IN_RANK}::test_offers_bind_for_the_days_of_the_rule"],
    ),
    Mutant(
        "two shops of one owner both rank", "procurement/quotations/ranking.py",
        "elif bid.owner in best:", "elif False:",
        ["tests/procurement/quotations/test_ranking.py::test_quotation_one_owner_counts_once_with_the_best"],
    ),
    # What a form says
    Mutant(
        "a number beyond its bound is refused in the library's words", FORMS,
        '        "max_value": _("Paling banyak %(bound)s."),\n', "",
        [f"{NUMBERS}::test_no_number_field_of_ours_speaks_as_the_library_does"],
    ),
    Mutant(
        "a bound of money is told as a count", FORMS,
        "        return rupiah(bound)\n", "        return grouped(Decimal(bound))\n",
        [f"{NUMBERS}::test_a_bound_is_told_as_people_write_it"],
    ),
    Mutant(
        "every figure of an answer to a complaint is asked whatever is offered", "orders/disputes/forms.py",
        "            self.fields[name].asked = ASKED[name]", "            self.fields[name].asked = None",
        [f"{PAGES_OF_DISPUTES}::test_the_answer_asks_for_figures_only_with_the_offer_they_belong_to"],
    ),
    Mutant(
        "the largest deduction is told wrong", "orders/disputes/forms.py",
        "if len(kinds) == len(self._deliveries) == 1:", "if False:",
        [f"{PAGES_OF_DISPUTES}::test_the_answer_asks_for_figures_only_with_the_offer_they_belong_to"],
    ),
    Mutant(
        "anybody signed in opens the photos of a complaint", "orders/orders/fetch.py",
        "if disputes_policies.can_decide(person(request)):", "if True:",
        [f"{PAGES_OF_DISPUTES}::test_photos_beside_complaint_and_answer_are_for_the_two_sides_and_the_officer"],
    ),
    Mutant(
        "an answer's photos stand beside the complaint", "orders/disputes/services.py",
        "_keep_photos(dispute, photos, actor=actor, of_answer=True, now=now)",
        "_keep_photos(dispute, photos, actor=actor, of_answer=False, now=now)",
        [f"{PAGES_OF_DISPUTES}::test_photos_beside_complaint_and_answer_are_for_the_two_sides_and_the_officer"],
    ),
    Mutant(
        "any number of photos is kept", "epeken/core/files/uploads.py",
        "len(files) <= MOST_PHOTOS,", "True,",
        [f"{PAGES_OF_DISPUTES}::test_more_than_eight_photos_complain_about_nothing"],
    ),
    Mutant(
        "the timeline keeps the seller's offer to itself", "orders/orders/pages/timeline.py",
        "(note := offered_words(order.seller.name, dispute)):", "(note := \"\"):",
        [f"{PAGES_OF_DISPUTES}::test_the_timeline_says_what_is_offered_and_who_may_take_it"],
    ),
    Mutant(
        "a dated row begins today", "epeken/core/web/admin.py",
        "first is not None and first <= today:", "first is not None and first < today:",
        ["tests/core/test_rules.py::test_a_new_value_begins_tomorrow_at_the_earliest"],
    ),
    Mutant(
        "a rule ends with nothing after it", "epeken/core/admin.py",
        "if not rules.is_covered(code, after, besides=begins):", "if False:",
        ["tests/core/test_rules.py::test_a_rule_in_force_ends_today_at_the_earliest_and_only_with_another_after_it"],
    ),
    Mutant(
        "a figure that a result does not take is dropped unseen", "orders/disputes/admin.py",
        'if values.get(name) and values["result"] not in outcomes:', "if False:",
        [f"{PAGES_OF_DISPUTES}::test_the_officer_chooses_the_result_and_reads_it_once_more"],
    ),
    Mutant(
        "a complaint is decided without reading it once more", "orders/disputes/admin.py",
        'if not values.get("confirmed"):', "if False:",
        [f"{PAGES_OF_DISPUTES}::test_the_officer_chooses_the_result_and_reads_it_once_more"],
    ),
    Mutant(
        "an appointment in force is taken back", "procurement/agencies/services.py",
        "appointment.leave_id is None and appointment.valid_from > clock.local_date(now)",
        "appointment.leave_id is None and appointment.valid_from >= clock.local_date(now)",
        ["tests/procurement/test_admin.py::test_an_appointment_that_has_not_begun_is_taken_back"],
    ),
    Mutant(
        "one SP2D bears two dates", "orders/billing/services/numbers.py",
        "        dated is None,\n", "        True,\n",
        ["tests/orders/billing/test_services.py::test_an_sp2d_bears_one_date"],
    ),
    Mutant(
        "a change is judged by pictures that are on show", "umkm/catalogue/checks.py",
        "if photo.is_waiting or not is_change]", "]",
        ["tests/umkm/catalogue/test_curation.py::test_a_change_is_judged_by_the_picture_that_comes_with_it"],
    ),
    Mutant(
        "a complaint keeps the rest away", "orders/orders/next_step.py",
        "return dispute_of(order) is None or not is_claimed", "return dispute_of(order) is None",
        [f"{PARTS}::test_a_complaint_about_what_came_leaves_the_rest_to_be_sent"],
    ),
    Mutant(
        "goods leave while a claim for them is disputed", "orders/orders/next_step.py",
        "return dispute_of(order) is None or not is_claimed", "return True",
        [f"{CANCELLATIONS}::test_a_claim_goes_to_the_city_and_comes_back"],
    ),
    Mutant(
        "goods that are not invoiced are replaced for nothing", "orders/remedies/rooms.py",
        "line.refused if is_short(line) else line.sent", "line.sent",
        [f"{REMEDIES}::test_what_was_not_accepted_is_not_given_away"],
    ),
    Mutant(
        "the day to pay does not wait for goods that come again", "orders/remedies/granting.py",
        "if due > invoice.due_at:", "if False:",
        [f"{REMEDIES}::test_an_invoice_is_not_late_while_goods_come_again"],
    ),
    Mutant(
        "the seller's desk lists what others are to answer", "epeken/site/dashboards/seller_day.py",
        "for step in steps_of(order, now) if step.who == Turn.SELLER}", "for step in steps_of(order, now)}",
        ["tests/site/test_seller_desk.py::test_who_asked_to_be_released_is_not_asked_to_answer"],
    ),
    Mutant(
        "goods are said to have come before they were sent", "orders/deliveries/services.py",
        "delivery.shipped_at <= came_at <= delivery.arrived_at,", "came_at <= delivery.arrived_at,",
        [f"{MISSING}::test_the_hour_of_arrival_is_stated_and_the_timeliness_follows"],
    ),
    Mutant(
        "papers leave a file that was paid on", "orders/documents/services.py",
        "        not is_paid_on(order),\n", "        True,\n",
        ["tests/orders/documents/test_documents.py::test_nothing_leaves_the_file_that_money_was_paid_on"],
    ),
    Mutant(
        "goods nobody inspected are written down as inspected", "orders/deliveries/services.py",
        "        receiving.assume_all(delivery, order, now)\n",
        "        receiving.record(delivery, {line.pk: (line.sent, line.sent, \"\") for line in delivery.lines.all()})\n"
        "        receiving.inspect(delivery, order, actor=None, remark=\"\", now=now)\n",
        ["tests/orders/deliveries/test_services.py::test_silence_after_arrival_accepts_everything"],
    ),
    Mutant(
        "silence after sending counts as an arrival", "orders/deliveries/services.py",
        "        _pass_on(delivery, order, now)", "        _arrive(delivery, order, actor=None, now=now)",
        [f"{MISSING}::test_silence_after_sending_is_no_arrival"],
    ),
    Mutant(
        "goods are missing before their time", "orders/deliveries/policies.py",
        "if not is_unseen(delivery) or not clock.is_over(missing_from(order, delivery), now):",
        "if not is_unseen(delivery):",
        [f"{MISSING}::test_before_the_agreed_time_nothing_is_missing"],
    ),
    Mutant(
        "goods that did not come count as sent", "orders/deliveries/missing.py",
        "            line.order_line.sent_quantity -= line.sent\n    DeliveryLine",
        "            pass\n    DeliveryLine",
        [f"{MISSING}::test_what_did_not_come_is_to_be_sent_again"],
    ),
    Mutant(
        "a seller records the handover to a department", "orders/deliveries/services.py",
        "if order.agency_id is not None or not orders_policies.is_seller_of(actor, order):",
        "if not orders_policies.is_seller_of(actor, order):",
        [f"{MISSING}::test_nobody_hands_goods_over_in_the_name_of_a_department"],
    ),
    Mutant(
        "a day that stood still ends within a day", "epeken/core/clock.py",
        "return end_of(last_day(later)) if end == start_of(local_date(end)) else later", "return later",
        ["tests/core/test_clock.py"],
    ),
    Mutant(
        "the department bids above what the seller asks", "procurement/negotiations/terms.py",
        "if standing is not None:", "if False:",
        [f"{NEGOTIATIONS}/test_services.py::test_the_department_offers_no_more_than_the_seller_asks_now"],
    ),
    Mutant(
        "goods of an announced draw change their quantity", "procurement/rotation/results.py",
        "require(not unlike(draw, request, list(lines)), text % words", "require(True, text % words",
        ["tests/procurement/rotation/test_services.py::"
         "test_what_was_announced_stays_until_it_is_drawn_or_called_off"],
    ),
    Mutant(
        "a list is published without asking", "procurement/rotation/views.py",
        'can_edit and request.POST.get("sure") != "1":', "False:",
        ["tests/procurement/rotation/test_services.py::"
         "test_the_requester_is_asked_before_a_list_is_published_and_offered_only_what_may_be_done"],
    ),
    Mutant(
        "a draft closes before sellers have their hours", "procurement/quotations/terms.py",
        "if closes_at < earliest:", "if False:",
        [f"{QUOTATIONS}::test_sellers_have_the_dated_hours_and_the_requester_is_told_so"],
    ),
    Mutant(
        "a returned draft is published", "procurement/quotations/states.py",
        '(QuotationState.RETURNED, "hand_in"): QuotationState.DRAFT,',
        '(QuotationState.RETURNED, "hand_in"): QuotationState.DRAFT,\n'
        '        (QuotationState.RETURNED, "publish"): QuotationState.PUBLISHED,',
        [f"{QUOTATIONS}::test_an_officer_returns_a_draft_and_its_requester_hands_it_in_again"],
    ),
    Mutant(
        "another seller is looked for what nobody needs", "orders/cancellations/services.py",
        "is_needed=made.reason not in NO_NEED,", "is_needed=True,",
        ["tests/orders/orders/test_unfilled.py::"
         "test_nobody_else_is_looked_for_what_the_department_needs_no_more"],
    ),
    Mutant(
        "an officer does not read who asks for a new approval", "procurement/requests/pages/dashboard.py",
        "if row.requester_id != user.pk and not row.may_be_covered:", "if row.requester_id == user.pk:",
        ["tests/orders/orders/test_replacing.py::test_a_dearer_seller_goes_to_approval_with_the_difference"],
    ),
    Mutant(
        "an asked ceiling stays on the desk when it is enough", "procurement/requests/pages/dashboard.py",
        "if short := asked_ceilings.missing(row, now):", "if (short := asked_ceilings.missing(row, now)) is not None:",
        ["tests/procurement/requests/test_submit.py::"
         "test_an_asked_ceiling_waits_on_the_heads_desk_until_the_draft_is_borne"],
    ),
    Mutant(
        "nobody hears that the stand-in wrote what waits", "procurement/leaves/cover.py",
        "return [(row, requests) for row, requests in found if requests]", "return []",
        ["tests/procurement/leaves/test_leaves.py::"
         "test_who_wrote_the_request_decides_nothing_of_it_as_stand_in"],
    ),
    Mutant(
        "any goods of the category are called alike", "umkm/catalogue/names.py",
        "return words <= others or others <= words", "return True",
        ["tests/umkm/catalogue/test_names.py"],
    ),
    Mutant(
        "a pack of twelve is compared with one of twenty-four", "umkm/catalogue/names.py",
        "if not words or not others or numbers(one) != numbers(other):", "if not words or not others:",
        ["tests/umkm/catalogue/test_names.py::test_goods_are_alike_by_their_words_and_numbers"],
    ),
    Mutant(
        "a search counts its whole category as named", "umkm/discovery/search.py",
        "'named', (SELECT count(*) FROM pool WHERE band = 1),", "'named', (SELECT count(*) FROM pool),",
        ["tests/umkm/discovery/test_search.py::test_a_result_says_how_many_bear_the_words"],
    ),
    Mutant(
        "a page of the registration is done when it was looked at", "umkm/sellers/steps.py",
        "return step.slug in SAVED_AT and getattr(seller, SAVED_AT[step.slug]) is None", "return False",
        ["tests/umkm/sellers/test_pages.py::"
         "test_pages_filled_in_beforehand_are_not_called_done_before_they_were_saved"],
    ),
    Mutant(
        "every shop reads the note for another", "orders/carts/services.py",
        'note=str(choice.get("note") or ""),',
        'note=next((str(c["note"]) for c in values["groups"].values() if c.get("note")), ""),',
        ["tests/orders/carts/test_pages.py::test_each_shop_reads_only_what_is_written_for_it"],
    ),
    Mutant(
        "what no day can bring comes to the order", "orders/carts/views.py",
        'if data is None and any(group["blocked"] for group in groups):', "if False:",
        ["tests/orders/carts/test_pages.py::test_what_no_day_can_bring_does_not_come_to_the_order"],
    ),
    Mutant(
        "a share just short of what is asked reads as reached", "procurement/guards/pages.py",
        "if so_far >= least and spent < share(year.pagu, least):", "if False:",
        ["tests/procurement/guards/test_budget_fit.py::"
         "test_the_share_is_rounded_to_a_tenth_and_never_up_to_what_is_asked"],
    ),
    Mutant(
        "a list says what was once sent", "procurement/requests/querysets.py",
        "written = (*OPEN, RequestState.WITHDRAWN)", "written = (RequestState.WITHDRAWN,)",
        ["tests/procurement/requests/test_pages.py::test_a_list_says_the_sum_its_page_says"],
    ),
    Mutant(
        "a lost order stays in the sum of its request", "procurement/requests/pages/requests.py",
        "return sum(part.total for part in held.parts if part.seller.pk in sellers)", "return 0",
        ["tests/orders/orders/test_unfilled.py::test_what_an_order_did_not_bring_is_in_no_sum_of_its_request"],
    ),
    Mutant(
        "goods are refused box by box", "umkm/catalogue/forms.py",
        "        self.judge()\n", "",
        ["tests/umkm/catalogue/test_pages.py::test_one_sending_tells_all_that_is_wrong"],
    ),
    Mutant(
        "a shipment is refused amount by amount", "epeken/core/web/forms.py",
        "        super().refuse(error)\n        self.tell(self.problems(self.cleaned_data))",
        "        super().refuse(error)",
        [
            "tests/orders/deliveries/test_pages.py::test_a_shipment_names_all_that_is_wrong_at_once",
            f"{NEGOTIATIONS}/test_pages.py::test_an_offer_names_all_that_is_too_much_at_once",
        ],
    ),
    Mutant(
        "a file in the archive has the name of the code", "orders/documents/archive.py",
        "{n:02d}-{SLUGS[DocumentKind(document.kind)]}-{number}.pdf", "{n:02d}-{document.kind}-{number}.pdf",
        [f"{SENT_AGAIN}::test_papers_are_called_as_the_field_calls_them"],
    ),
    Mutant(
        "a finding names another shop without a way to it", "umkm/verification/pages.py",
        'url=reverse("admin:umkm_verificationcase_change", args=[case]) if case is not None else "",', 'url="",',
        ["tests/umkm/verification/test_checks.py::test_a_verifier_opens_what_a_finding_names"],
    ),
    Mutant(
        "goods with the same picture are not shown", "umkm/catalogue/checks.py",
        "yield replace(found, named=AlikePhoto(same[0], twin))", "yield found",
        ["tests/umkm/catalogue/test_curation.py::test_goods_with_the_same_picture_are_linked_and_shown"],
    ),
    Mutant(
        "a category is Indonesian whoever reads", "umkm/catalogue/models.py",
        "return gettext(self.name)", "return self.name",
        ["tests/umkm/discovery/test_pages.py::test_a_category_is_called_in_the_readers_language"],
    ),
    Mutant(
        "an act does not follow the one before it", "orders/attestations/verifying.py",
        'if act["previous"] != previous:', "if False:", [f"{VERIFY}::test_each_change_is_named"],
    ),
    Mutant(
        "a stored file is not read", "orders/attestations/verifying.py",
        "if digest.hexdigest() != sha256:", "if False:", [f"{VERIFY}::test_an_exchanged_file_is_named"],
    ),
    Mutant(
        "a later act takes over a changed figure", "orders/attestations/verifying.py",
        "if table and ((name in before and table.is_fixed(name)) or (is_filled and name in table.once)):", "if False:",
        [f"{VERIFY}::test_a_change_taken_over_by_a_later_act_is_named"],
    ),
    Mutant(
        "an event without its act passes", "orders/attestations/verifying.py",
        'columns["sequence"] not in attested', "False", [f"{VERIFY}::test_each_change_is_named"],
    ),
    Mutant(
        "two acts at once take one place in the chain", "orders/attestations/services.py",
        "        _wait_for(set(part) - made_now)\n", "", ["tests/orders/attestations/test_seals.py"],
    ),
    Mutant(
        "a seal takes in what may still come below it", "orders/attestations/services.py",
        "until = max(events.settled(), since)", "until = 1 << 60", ["tests/orders/attestations/test_seals.py"],
    ),
    Mutant(
        "an end that was cut off passes", "orders/attestations/verifying.py",
        "if found.get((order, sequence)) != hash_:", "if False:", ["tests/orders/attestations/test_seals.py"],
    ),
    Mutant(
        "a cancelled order's surat pesanan is printed as if it counted", "orders/orders/services/agreement.py",
        "    documents.void_documents(order, now)\n", "",
        ["tests/orders/documents/test_pages.py::test_the_paper_of_a_cancelled_order_says_so"],
    ),
    Mutant(
        "an edition that counts no longer has no mark", "orders/documents/build.py",
        'paper.data["void"] = facts.void_words(document, order)', "pass",
        ["tests/orders/documents/test_pages.py::test_the_papers_of_a_void_invoice_say_so"],
    ),
    Mutant(
        "the check page names a shop's owner", "orders/documents/views/verify.py",
        "name=shop if one.acted_as == SELLER_SIDE else one.name,", "name=one.name,",
        ["tests/orders/documents/test_pages.py"],
    ),
    Mutant(
        "a buyer cannot deny that goods to be fetched were handed over", "orders/deliveries/policies.py",
        "return order.method == DeliveryMethod.PICKUP and delivery.state == DeliveryState.SHIPPED",
        "return order.method == DeliveryMethod.PICKUP", [MISSING],
    ),
    Mutant(
        "a count of nothing is an inspection", DELIVERIES,
        "not policies.is_unseen(delivery) or any(arrived > 0", "True or any(arrived > 0", [MISSING],
    ),
    Mutant(
        "a department's meal is inspected without a photo", "orders/deliveries/counts.py",
        "    if given < wanted:", "    if False:", ["tests/orders/deliveries/test_services.py"],
    ),
    Mutant(
        "who approved the purchase is named as its receiver", "orders/orders/parties.py",
        "sides = {request.requester_id, request.approver_id, issuer_id}", "sides = {request.requester_id}",
        ["tests/orders/deliveries/test_receiver_named.py"],
    ),
    Mutant(
        "taxes of an invoice stand in each of its rows", "orders/realisation/pages.py",
        "RealisationRow(invoice, lines[pk], amount, n == 0)", "RealisationRow(invoice, lines[pk], amount, True)",
        ["tests/orders/realisation"],
    ),
    Mutant(
        "the last day of the period is left out", "orders/realisation/pages.py",
        "found.filter(last_paid_on__lte=until)", "found.filter(last_paid_on__lt=until)", ["tests/orders/realisation"],
    ),
    Mutant(
        "paid on the last day is late", "orders/billing/querysets.py",
        "last_paid_on__gt=F(\"last_day\")", "last_paid_on__gte=F(\"last_day\")",
        [f"{FLAGS}::test_paid_on_the_last_day_is_in_time_and_a_day_later_is_not"],
    ),
    Mutant(
        "a department that does not pay is not late", "orders/scorecards/paying.py",
        "Counter(_late(agencies, span, now).values_list(\"order__agency\", flat=True))", "Counter()",
        [f"{FIGURES}::test_what_is_not_paid_counts_as_late_once_it_is"],
    ),
    Mutant(
        "concentration is of shops", "orders/scorecards/choosing.py",
        "owners[agency][owner_of(owner, seller)] += amount", "owners[agency][owner_of(None, seller)] += amount",
        [f"{FIGURES}::test_sellers_owner_groups_and_their_shares"],
    ),
    Mutant(
        "what the seller never sent counts against the department", "orders/cancellations/querysets.py",
        "OF_BUYER = Q(by_seller=False) & ~Q(reason=CancelReason.NOT_SENT)", "OF_BUYER = Q(by_seller=False)",
        [f"{FIGURES}::test_cancelled_after_acceptance_by_the_department_alone"],
    ),
    Mutant(
        "every officer reads the scorecard", "orders/scorecards/views.py",
        "mine.of_officer(user, day, OfficerRole.HEAD)", "mine.of_officer(user, day)",
        ["tests/orders/scorecards/test_pages.py::test_nobody_else_reads_one"],
    ),
    Mutant(
        "anybody reads the purchases of all departments", "procurement/agencies/fetch.py",
        "    if not policies.is_inspector(user):\n        raise", "    if False:\n        raise",
        ["tests/orders/oversight/test_lists.py::test_for_the_inspectorate_alone"],
    ),
    Mutant(
        "the winner of sealed offers brings the goods when it likes", "procurement/requests/services/drafts.py",
        "name not in values or values[name] == getattr(request, name),", "True,", [QUOTATIONS],
    ),
    Mutant(
        "shops are asked in a unit in which they sell nothing", "procurement/quotations/querysets.py",
        "goods.filter(state=ProductState.PUBLISHED, unit=unit)", "goods.filter(state=ProductState.PUBLISHED)",
        [QUOTATIONS],
    ),
    Mutant(
        "an owner takes part in a draw with the cheapest of the category", "procurement/rotation/lists.py",
        "nearest = lambda one: (-len(wanted.intersection(words_of(one.product.name))),", "nearest = lambda one: (0,",
        TURNS,
    ),
    Mutant(
        "a frame is signed by the decree of another day", FRAMES_SERVICES,
        "    if dated is not None:", "    if False:", [FRAMES],
    ),
    Mutant(
        "who asked for a ceiling answers it as head", "procurement/requests/policies.py",
        "return OfficerRole.HEAD in memberships(actor, request.agency_id, day) and not has_written(actor, request)",
        "return not has_written(actor, request)", ["tests/procurement/requests/test_submit.py"],
    ),
    Mutant(
        "a notice is shown before its time", "epeken/notifications/models.py",
        "return self.filter(created_at__lte=now)", "return self.all()", ["tests/notifications"],
    ),
    Mutant(
        "one decree sets ceilings on two days", "procurement/budgets/services.py",
        "    if other is not None:", "    if False:", ["tests/procurement/budgets/test_import.py"],
    ),
    Mutant(
        "a lost database is the visitor's bad request", "epeken/core/api/rest.py",
        "    if is_away(exception):", "    if False:", ["tests/core/test_unavailable.py"],
    ),
    Mutant(
        "one inspector alone puts a key in force", "procurement/disclosures/services/keys.py",
        "    if key.proposed_by_id == actor.pk:", "    if False:",
        [f"{DISCLOSURES}::test_a_key_is_confirmed_by_another_inspector"],
    ),
    Mutant(
        "a stopped key of the inspectorate gives way to an earlier one", "procurement/disclosures/querysets.py",
        "state__in=[InspectorateKeyState.CONFIRMED, InspectorateKeyState.STOPPED], valid_from__lte=day",
        "state__in=[InspectorateKeyState.CONFIRMED], valid_from__lte=day",
        [f"{DISCLOSURES}::test_without_a_key_in_force_nothing_is_taken"],
    ),
    Mutant(
        "an administrator is of the inspectorate", "procurement/disclosures/policies.py",
        "not actor.is_superuser and ", "", [f"{DISCLOSURES}::test_nobody_outside_the_inspectorate_does_anything"],
    ),
    Mutant(
        "a sealed complaint is read under another number", "procurement/disclosures/sealing.py",
        'return f"{LABEL}/{number}/{part}".encode()', 'return f"{LABEL}/{part}".encode()',
        ["tests/procurement/disclosures/test_sealing.py"],
    ),
    Mutant(
        "the size of a sealed complaint tells its length", "procurement/disclosures/sealing.py",
        "return plain + bytes(-len(plain) % BLOCK)", "return plain",
        ["tests/procurement/disclosures/test_sealing.py"],
    ),
    Mutant(
        "a complaint is written down beside its sender's session", "epeken/users/middleware.py",
        "        elif isinstance(request.user, User) and not request.path.startswith(registry.unlinked_paths()):",
        "        elif isinstance(request.user, User):",
        [f"{DUMP}::test_a_dump_and_the_files_hold_neither_words_nor_sender"],
    ),
    Mutant(
        "an unsealed file of a complaint lies on a disk", "epeken/core/files/in_memory.py",
        "self.request is not None and self.request.path.startswith(registry.unlinked_paths())", "False",
        [f"{DUMP}::test_a_dump_and_the_files_hold_neither_words_nor_sender"],
    ),
    Mutant(
        "the log tells who was refused at the complaint's page", "epeken/core/web/middleware.py",
        "    if request.path.startswith(registry.unlinked_paths()):\n        return\n", "",
        [f"{DUMP}::test_a_refused_form_keeps_nothing_and_names_nobody"],
    ),
    Mutant(
        "files of a refused complaint are kept with the account", "epeken/core/web/kept_uploads.py",
        "        if request.path.startswith(registry.unlinked_paths()):\n            continue\n", "",
        [f"{DUMP}::test_no_page_that_names_nobody_keeps_the_files_of_a_form"],
    ),
    Mutant(
        "a closed complaint takes more", "procurement/disclosures/services/receiving.py",
        "    if case is not None and case.state == DisclosureState.CLOSED:", "    if False:",
        [f"{DISCLOSURES}::test_opened_answered_closed_with_who_and_when"],
    ),
    Mutant(
        "goods of a template are left out unasked", DECISIONS,
        "        leaves_out or not unchosen,", "        True,", [TEMPLATES],
    ),
    Mutant(
        "one name of two is called the same goods", "procurement/sourcing/replacements.py",
        "return all(wanted.is_named(offer.product) for wanted", "return all(wanted.names_one(offer.product) for wanted",
        ["tests/orders/orders/test_replacing.py"],
    ),
    Mutant(
        "more is paid together than the page showed", "orders/billing/services/joint_payments.py",
        "if invoice.outstanding != chosen[invoice.pk]:", "if False:",
        [f"{JOINT}::test_what_stops_one_stops_all_and_is_named"],
    ),
    Mutant(
        "one number pays invoices of two departments", "orders/billing/services/joint_payments.py",
        "        len(agencies) == 1,", "        True,",
        [f"{JOINT}::test_a_transfer_pays_one_seller_and_a_number_one_department"],
    ),
    Mutant(
        "one transfer pays two sellers at once", "orders/billing/services/joint_payments.py",
        "            len({order.seller_id for order in orders.values()}) == 1,", "            True,",
        [f"{JOINT}::test_a_transfer_pays_one_seller_and_a_number_one_department"],
    ),
    Mutant(
        "an answered ceiling does not say in which office", "procurement/requests/services/ceilings.py",
        "acting_as(actor, request.agency_id, OfficerRole.HEAD, clock.local_date(now)) if actor", '"" if actor',
        ["tests/orders/test_roles_at_the_act.py::test_an_act_needs_its_role_today"],
    ),
    Mutant(
        "the file of a purchase drops what was taken back", "orders/documents/archive.py",
        "    yield from _taken_back(order, [*taken_back, *reversed_of(order)])\n", "",
        ["tests/orders/documents/test_taken_back.py"],
    ),
    Mutant(
        "a complaint asks for what the order no longer allows", "orders/disputes/services.py",
        "    require(wish in allowed,", "    require(True,", ["tests/orders/disputes/test_pages.py"],
    ),
    Mutant(
        "an act in the data of a purchase names nobody", "orders/documents/acts.py",
        '"name": act.name or None,', '"name": None,', ["tests/orders/documents/test_taken_back.py"],
    ),
    Mutant(
        "a split is let through without a word of the officer", "procurement/requests/refusals.py",
        "    if len(note.strip()) >= LEAST_REASON:\n", "    if True:\n",
        ["tests/procurement/requests/test_approval_page.py"],
    ),
    Mutant(
        "a split is told the lowest limit it passes", "procurement/guards/concerns.py",
        "max((limit for limit in limits if limit < total), default=None)",
        "min((limit for limit in limits if limit < total), default=None)",
        ["tests/procurement/guards/test_split.py::test_the_highest_threshold_that_the_sum_passes_is_told"],
    ),
    Mutant(
        "the PP decides on a split above the limit", DECISIONS,
        "max(held.total, split), day, is_escalated", "held.total, day, is_escalated",
        ["tests/procurement/guards/test_split.py::test_who_may_decide_on_the_sum_decides"],
    ),
    Mutant(
        "two parts of a split are sent at once", DECISIONS,
        "    Agency.objects.locked().get(pk=request.agency_id)", "    Agency.objects.get(pk=request.agency_id)",
        ["tests/procurement/test_races.py::test_of_two_parts_of_a_split_sent_at_once_the_second_is_warned"],
    ),
    Mutant(
        "a silent seller of a meal leaves no time", AGREEMENT,
        "deliver_at, turns.before(last, now))", "deliver_at, last)",
        ["tests/orders/orders/test_replacing.py::test_a_silent_seller_of_a_meal_leaves_time_for_another"],
    ),
    Mutant(
        "a silent seller of goods leaves no time", AGREEMENT,
        "    return min(due, next(", "    return min(due, deliver_at) or min(due, next(",
        ["tests/orders/orders/test_issue.py::test_goods_are_answered_in_time_for_another_seller_to_be_found"],
    ),
    Mutant(
        "a purchase near a bill counts as it was ordered", "orders/billing/nearby.py",
        "        other.worth = _worth(other, rates)", "        other.worth = other.total",
        [f"{DECIDED}::test_another_purchase_counts_at_what_it_is_billed_for"],
    ),
    Mutant(
        "a bill is checked while nobody decided whether its purchase was cut up", "orders/billing/checklist.py",
        "    if facts.unanswered:", "    if False:",
        [f"{DECIDED}::test_a_bill_is_checked_only_when_it_is_decided_whether_its_purchase_was_cut_up"],
    ),
    Mutant(
        "money leaves while nobody decided whether its purchase was cut up", "orders/billing/services/payments.py",
        "    nearby.check_answered(order, invoice)\n", "",
        [f"{DECIDED}::test_a_purchase_beside_a_bill_that_was_checked_is_answered_for_before_money_leaves"],
    ),
    Mutant(
        "a tax sheet is silent about what nobody decided", "orders/tax_decisions/pages.py",
        "exemption.code in taxes.SMALL", "exemption.code in ()",
        [f"{DECIDED}::test_paper_and_form_state_a_decision_only_once_somebody_made_it"],
    ),
    Mutant(
        "the inspectorate is led to a page without the compensations", "orders/billing/views/payments.py",
        "Compensation.objects.unpaid() if inspects else Compensation.objects.to_pay()", "Compensation.objects.to_pay()",
        ["tests/orders/compensations/test_reversing.py::"
         "test_the_inspectorate_finds_what_it_counts_also_before_the_head_named_a_line"],
    ),
    Mutant(
        "what is held is asked as if it were not", "procurement/requests/obstacles.py",
        "return replace(on, is_held=holds)", "return on",
        ["tests/orders/orders/test_issue.py::"
         "test_goods_that_meanwhile_need_more_days_are_ordered_as_they_were_held"],
    ),
    Mutant(
        "the market's other amounts are left out of the comparison", "procurement/sourcing/sheets.py",
        "whole_steps(product, least[goods_of(product)])", "least[goods_of(product)]",
        ["tests/procurement/sourcing/test_sheets.py::"
         "test_who_sells_in_other_amounts_is_compared_with_the_amount_that_could_be_bought"],
    ),
    Mutant(
        "a seller asks for less than is offered", "procurement/negotiations/services/rounds.py",
        "    require(\n        gains,", "    require(\n        True,",
        ["tests/procurement/negotiations/test_services.py"],
    ),
    Mutant(
        "only acts of an office keep the actor's name", "epeken/core/states.py",
        '"acted_as": acted_as} if actor else {}', '"acted_as": acted_as} if actor and acted_as else {}',
        ["tests/orders/documents/test_snapshots.py"],
    ),
    Mutant(
        "a payment that is reversed stands among the money received", "epeken/site/dashboards/seller_views.py",
        "        Payment.objects.standing()\n        .filter(invoice__order__seller=seller)",
        "        Payment.objects.all()\n        .filter(invoice__order__seller=seller)",
        ["tests/orders/reversals/test_pages.py"],
    ),
    Mutant(
        "late money that others are to pay counts as the seller's task", "epeken/site/dashboards/seller_day.py",
        "        money = len(self.to_collect) + len(self.to_complete) + len(self.to_fulfil)\n",
        "        money = len(self.to_collect) + len(self.to_complete) + len(self.to_fulfil) + len(self.late)\n",
        ["tests/site/test_seller_desk.py"],
    ),
    Mutant(
        "bills of one department are listed with all of them", "orders/billing/views/payments.py",
        'if wanted in (None, "", str(one.pk))', "if True", ["tests/site/test_inspector_desk.py"],
    ),
    Mutant(
        "a cart takes more than is left", "orders/carts/services.py",
        "    feasibility.check_shelf(product, wanted)\n", "", ["tests/orders/carts/test_pages.py"],
    ),
    Mutant(
        "the paper of a request hides what it was warned of", "orders/documents/layout/ordering.py",
        '"warnings": warned.rows(trail, request),', '"warnings": [],',
        ["tests/orders/documents/test_golden.py::test_the_warnings_of_a_request_with_their_answers"],
    ),
    Mutant(
        "the budget ledger is read in the order of writing", "procurement/budgets/pages.py",
        'annotate(left_after=left).select_related("actor").order_by("-at", "-pk")',
        'annotate(left_after=left).select_related("actor").order_by("-pk")',
        ["tests/procurement/budgets/test_import.py::test_the_ledger_is_read_in_the_order_of_the_acts"],
    ),
    Mutant(
        "a wrong PIN is not counted", "orders/pins/services.py",
        'update(pin_misses=F("pin_misses") + 1)', 'update(pin_misses=F("pin_misses"))',
        [f"{PINS}::test_a_wrong_pin_is_counted_and_soon_none_is_right"],
    ),
    Mutant(
        "a closed PIN still counts", "orders/pins/services.py",
        "    if not pins.tries_left(delivery):", "    if False:",
        [f"{PINS}::test_a_wrong_pin_is_counted_and_soon_none_is_right"],
    ),
    Mutant(
        "all deliveries have one PIN", "orders/pins/pins.py",
        'f"{delivery.pk}:{delivery.pin_turn}"', 'f"{delivery.order_id}:{delivery.pin_turn}"',
        [f"{PINS}::test_each_delivery_of_an_order_has_its_own"],
    ),
    Mutant(
        "a wrong PIN is counted after a denial", "orders/pins/services.py",
        'raise InvalidMove(_("PIN hanya', 'assert (_("PIN hanya',
        [f"{PINS}::test_after_a_denial_no_pin_is_right"],
    ),
    Mutant(
        "everybody who sees the order reads the PIN", "orders/pins/pages.py",
        "    if not receives or delivery.state", "    if delivery.state",
        ["tests/orders/pins/test_pages.py::test_only_who_receives_reads_the_pin"],
    ),
    Mutant(
        "a draft that comes again acts again", "orders/drafts/services.py",
        "    if insert_new(row):", "    if insert_new(row) or True:",
        [f"{DRAFTS}::test_one_draft_brought_by_two_acts_once"],
    ),
    Mutant(
        "the phone's clock says when goods arrived", "orders/drafts/views.py",
        "return lambda: services.mark_arrived(actor=user, delivery=delivery, now=now)",
        'return lambda: services.mark_arrived(actor=user, delivery=delivery, now=given["claimed_at"])',
        [f"{DRAFTS}::test_both_times_are_kept_and_the_act_is_of_the_server"],
    ),
    Mutant(
        "drafts of another account are sent", "orders/drafts/views.py",
        'if given["person"] != pages.person_token(user):', "if False:",
        [f"{DRAFTS}::test_nobody_sends_for_another"],
    ),
    Mutant(
        "a request is rejected unasked", "procurement/requests/views/approvals.py",
        "    if form.is_valid() and _asks_first(form, found, request, now):", "    if False:",
        ["tests/procurement/requests/test_pages.py::test_rejecting_is_asked_once_with_its_figures"],
    ),
    Mutant(
        "who would be refused as a stand-in is offered", "procurement/leaves/forms.py",
        "widget.choices = offered", "widget.choices = choices",
        ["tests/procurement/leaves/test_leaves.py::test_who_would_be_refused_as_a_stand_in_is_not_offered"],
    ),
    Mutant(
        "a request says that cancelling is asked after the goods left", "orders/cancellations/ending.py",
        "        unfilled.mark_cancellation(request=order.request, seller=order.seller, asked_at=None)\n", "",
        ["tests/orders/orders/test_request_told.py"],
    ),
    Mutant(
        "a count of an inspection stands there before anybody counted", "orders/deliveries/forms.py",
        "required=not self.all_conform,", "required=not self.all_conform, initial=line.sent,",
        ["tests/orders/deliveries/test_pages.py::test_no_count_stands_in_the_form_that_nobody_made"],
    ),
    Mutant(
        "all is said to be good beside a count that says otherwise", "orders/deliveries/counts.py",
        "if figure is not None and figure != line.sent:", "if False:",
        ["tests/orders/deliveries/test_pages.py::test_no_count_stands_in_the_form_that_nobody_made"],
    ),
    Mutant(
        "a kuitansi has the number of the one marked BATAL", "orders/billing/models.py",
        'return f"{self.kuitansi_number}-{taken_back + 1}" if taken_back else self.kuitansi_number',
        "return self.kuitansi_number",
        ["tests/orders/documents/test_taken_back.py"],
    ),
    Mutant(
        "a treasurer's silence about missing money stays with them", "orders/confirmations/services.py",
        "        climbs_at=due, escalations=0,", "        climbs_at=None, escalations=0,",
        [f"{CONFIRMATIONS}::test_a_treasurers_silence_about_missing_money_climbs_by_itself"],
    ),
    Mutant(
        "who complains is not told that the good part waits too", "orders/disputes/stops.py",
        "    good = _to_be_billed(order)\n", "    good = 0\n",
        ["tests/orders/disputes/test_pages.py"],
    ),
    Mutant(
        "a seller reads late money twice", "epeken/site/dashboards/seller_day.py",
        'moving=moving["total"] - moving["late"],', 'moving=moving["total"],',
        ["tests/site/test_seller_desk.py"],
    ),
    Mutant(
        "a new account holds with its approval", "umkm/identity/services.py",
        "if change.kind in policies.DELAYED else 0", "if False else 0",
        ["tests/umkm/identity/test_services.py::test_the_new_account_holds_only_after_the_hours_of_the_rule"],
    ),
    Mutant(
        "a frozen shop gets its new account", "umkm/identity/services.py",
        "    if not is_due or change.seller.state != SellerState.ACTIVE or _held_of(change.seller):",
        "    if not is_due:",
        ["tests/umkm/identity/test_services.py::test_a_frozen_shop_changes_no_account"],
    ),
    Mutant(
        "a verifier approves the account of an own shop", "umkm/identity/policies.py",
        "return bool(ties) and Seller.objects.filter(same_owner([changed(change)]), pk__in=ties).exists()",
        "return False",
        ["tests/umkm/identity/test_services.py::test_whose_own_account_it_would_be_decides_nothing"],
    ),
    Mutant(
        "the address a shop had is not told of its new account", "umkm/identity/notices.py",
        "found = {change.seller.email, *(value.old for value in earlier if value.field == \"email\")}",
        "found = {change.seller.email}",
        ["tests/umkm/identity/test_services.py::test_who_changes_the_address_first_does_not_keep_the_account_to_himself"],
    ),
    Mutant(
        "a helper proposes another account", "umkm/identity/services.py",
        "    if not sellers_policies.is_owner(actor, seller):", "    if False:",
        ["tests/umkm/identity/test_services.py::test_helpers_and_strangers_propose_nothing"],
    ),
    Mutant(
        "who hands a shop over has its room of the cap again", "umkm/owners/services.py",
        "            Handover.PASSED: row.cap - amount,", "            Handover.PASSED: row.cap,",
        [f"{TRANSFERS}::test_nobody_gains_room_under_the_cap_by_a_transfer"],
    ),
    Mutant(
        "a shop whose account stays gets a cap of its own", "umkm/identity/passing.py",
        "if ties.facts_between(wanted, row, separated)]", "if row.nik_index == wanted.nik_index]",
        [f"{TRANSFERS}::test_who_keeps_the_account_keeps_the_cap"],
    ),
    Mutant(
        "orders placed before a shop passed on are paid to its next owner", "orders/orders/parties.py",
        "    return as_of(order.seller, order.placed_at)", "    return order.seller",
        ["tests/orders/billing/test_payee.py"
         "::test_orders_placed_before_a_shop_passed_to_another_person_are_paid_to_who_took_them"],
    ),
    Mutant(
        "the next owner reads the papers of the earlier one", "umkm/sellers/querysets.py",
        "mine = Q(seller__owner_since__isnull=True) | Q(uploaded_at__gte=F(\"seller__owner_since\"))", "mine = Q()",
        [f"{TRANSFERS}::test_what_says_something_of_the_earlier_owner_is_not_read_by_the_next"],
    ),
    Mutant(
        "the earlier owner reads whose the shop is to be", "umkm/verification/querysets.py",
        "super().seen_by_members(user) & ~others", "super().seen_by_members(user)",
        [f"{TRANSFERS}::test_whose_the_shop_is_to_be_is_not_read_by_the_earlier_owner"],
    ),
    Mutant(
        "what the earlier owner asked for changes the data of the next", "umkm/identity/passing.py",
        "    _overtake(change, now)\n    separated", "    separated",
        [f"{TRANSFERS}::test_what_says_something_of_the_earlier_owner_is_not_read_by_the_next"],
    ),
    Mutant(
        "anybody takes a shop that is offered", "umkm/identity/transfers.py",
        "    _check_meant(actor, change)\n    if sellers_policies", "    if sellers_policies",
        [f"{TRANSFERS}::test_only_whom_it_is_offered_to_takes_it_in_time_and_as_another_person"],
    ),
    Mutant(
        "a new shop hides the warnings of one that was handed over", "umkm/verification/evidence.py",
        "theirs |= Q(identity_changes__left_nik_index=seller.nik_index)", "pass",
        [f"{TRANSFERS}::test_warnings_stay_with_the_shop_and_follow_who_left_it"],
    ),
    Mutant(
        "trust passes on with a shop", "umkm/automatic/trust.py",
        "(seller.owner_since or seller.approved_at) + age", "seller.approved_at + age",
        [f"{BY_RULE}::test_trust_does_not_pass_on_with_the_shop"],
    ),
    Mutant(
        "documents an open appeal needs are destroyed", "umkm/verification/retention.py",
        '.exclude(pk__in=Appeal.objects.open().values("seller"))', "",
        [f"{RETENTION}::test_an_open_appeal_keeps_them"],
    ),
    Mutant(
        "destroyed documents stay in the store", "umkm/verification/retention.py",
        "        remove_private(row.file)\n", "        pass\n",
        [f"{RETENTION}::test_what_a_rejected_applicant_brought_is_gone_with_its_bytes_and_the_history_says_which_and_why"],
    ),
    Mutant(
        "documents of a shop that may come back are destroyed", "umkm/verification/retention.py",
        "left = (rules.DESTROYED_AFTER_LEAVING, rules.RETURN)", "left = (rules.RETURN,)",
        [f"{RETENTION}::test_a_shop_that_left_keeps_them_while_it_may_come_back"],
    ),
    Mutant(
        "a warning is muted by who chose so while they could", "epeken/notifications/services.py",
        "return area_of(kind) in {area for area, _label in registry.notification_areas()}", "return True",
        ["tests/notifications/test_notify.py::test_what_changes_rights_is_sent_whatever_was_muted"],
    ),
    Mutant(
        "a helper takes along the owner's data", "epeken/site/own_data/content.py",
        "if member.role == SellerMember.Role.OWNER and member.until is None]", "]",
        ["tests/site/test_own_data.py::test_a_helper_gets_nothing_of_the_owner"],
    ),
    Mutant(
        "a denied account is paid to", HINDRANCES,
        "    payee.check_not_held(invoice)\n", "",
        ["tests/orders/billing/test_payee.py::test_a_denied_account_is_not_paid_to_until_a_verifier_looked"],
    ),
    Mutant(
        "an old account is paid to unasked", PAYMENTS,
        "    payee.check_confirmed(invoice, confirmed=account_confirmed)\n", "",
        ["tests/orders/billing/test_payee.py::test_the_account_is_asked_again_when_money_leaves"],
    ),
    Mutant(
        "what a shop only says lowers its tax", "umkm/tax_papers/policies.py",
        "        return self.has(TaxPaperKind.CERTIFICATE)",
        "        return self.has(TaxPaperKind.CERTIFICATE) or TaxPaperKind.CERTIFICATE in self.unproven",
        ["tests/umkm/tax_papers/test_services.py::test_what_a_shop_only_says_lowers_no_tax"],
    ),
    Mutant(
        "a tax paper counts after its last day", "umkm/tax_papers/models.py",
        "and (self.last_day is None or day <= self.last_day)", "",
        ["tests/umkm/tax_papers/test_services.py"],
    ),
    Mutant(
        "a tax paper nobody verified counts", "umkm/tax_papers/policies.py",
        "if paper.state in PROVEN]", "if paper.state in (*PROVEN, TaxPaperState.WAITING)]",
        ["tests/umkm/tax_papers/test_services.py"],
    ),
    Mutant(
        "a verifier decides the tax paper of an own shop", "umkm/tax_papers/services.py",
        "if verification_policies.can_decide(actor, seller):", "if verification_policies.can_verify(actor):",
        ["tests/umkm/tax_papers/test_services.py::test_only_the_shop_shows_and_only_an_untied_verifier_decides"],
    ),
    Mutant(
        "an invoice is issued without the copies of the seller's tax papers", "orders/billing/services/invoices.py",
        "        tax_papers.keep(invoice, shop, day)\n", "", ["tests/orders/billing/test_tax_papers.py"],
    ),
    Mutant(
        "a schedule is asked of the shop for its last date alone", "umkm/catalogue/feasibility.py",
        "if on is not None and product.pk in on.schedule:", "if False:",
        [f"{SCHEDULES}::test_each_date_is_asked_of_the_shop"],
    ),
    Mutant(
        "an order placed exactly at the cut-off hour counts as of its own day", "umkm/sellers/hours.py",
        "time() >= cut_off", "time() > cut_off", [f"{FEASIBILITY}::test_what_is_in_the_way"],
    ),
    Mutant(
        "an order can be placed after the cut-off hour", "umkm/catalogue/feasibility.py",
        "        hours.last_call(seller, product.lead_days, day, cut_off=cut_off_of(product)),\n",
        "        hours.last_call(seller, product.lead_days, day),\n",
        [f"{FEASIBILITY}::test_an_order_kept_past_the_cut_off_comes_too_late_and_says_until_when"],
    ),
    Mutant(
        "a later cut-off hour needs no curator", "umkm/catalogue/services/products.py",
        "(old is None or new < old) and (the_shops is None or new <= the_shops)", "True",
        ["tests/umkm/catalogue/test_services.py::test_an_hour_is_compared_with_the_hour_that_holds"],
    ),
    Mutant(
        "goods whose hour is over are found as ready today", "umkm/discovery/search.py",
        " AND coalesce(p.order_until, s.order_until, '24:00') > %(hour)s\n", "\n",
        ["tests/umkm/discovery/test_search.py::test_what_is_ordered_after_its_hour_is_not_ready_today"],
    ),
    Mutant(
        "goods whose day is sold out are found as ready today", "umkm/discovery/search.py",
        "coalesce(d.planned, p.daily_capacity) - d.used FROM", "p.daily_capacity FROM",
        ["tests/umkm/discovery/test_search.py::test_goods_whose_day_is_sold_out_are_not_ready_today"],
    ),
    Mutant(
        "goods of a shop that has closed are found as ready today", "umkm/discovery/search.py",
        "\n    AND {_last_hour()} > %(prepared)s", "",
        ["tests/umkm/discovery/test_search.py::test_a_shop_about_to_close_has_nothing_ready_today"],
    ),
    Mutant(
        "goods of a stall whose court has closed are found as ready today", "umkm/discovery/search.py",
        "AND (c.id IS NULL OR {court})", "",
        ["tests/umkm/discovery/test_search.py::test_a_shop_about_to_close_has_nothing_ready_today"],
    ),
    Mutant(
        "each variant is a result of its own", "umkm/discovery/search.py",
        'one = "TRUE" if each else', 'one = "TRUE" if True else',
        [f"{VARIANTS}::test_variants_are_one_result_with_their_number_and_prices"],
    ),
    Mutant(
        "a sold-out variant stands for its group", "umkm/discovery/search.py",
        'f"NOT {_ABLE}, NOT {in_name}, {first}"', 'f"NOT {in_name}, {first}"',
        [f"{VARIANTS}::test_a_group_is_shown_by_the_one_that_can_be_had_and_fits_best"],
    ),
    Mutant(
        "goods whose change waits for a curator are joined", "umkm/variants/joining.py",
        "    if product.pk in waiting:", "    if False:",
        [f"{JOINING}::test_what_cannot_be_joined_is_said_and_nothing_is[waiting]"],
    ),
    Mutant(
        "a value no curator saw is joined", "umkm/variants/joining.py",
        "not value or names_value(row.name, value),", "True,",
        [f"{JOINING}::test_what_cannot_be_joined_is_said_and_nothing_is[not_in_name]"],
    ),
    Mutant(
        "goods of another group are taken out of it", "umkm/variants/joining.py",
        "    if product.group_id is not None and product.pk != base.pk:", "    if False:",
        [f"{JOINING}::test_what_cannot_be_joined_is_said_and_nothing_is[in_a_group]"],
    ),
    Mutant(
        "a variant takes another unit than the others", "umkm/variants/checking.py",
        "(category, unit) == (product.category_id, product.unit)", "category == product.category_id",
        [f"{VARIANTS}::test_variants_stay_alike_and_apart"],
    ),
    Mutant(
        "the values of goods on show change without a curator", "umkm/catalogue/checks.py",
        '"name", "option_1", "option_2", "category"', '"name", "category"',
        [f"{VARIANTS}::test_what_goods_on_show_are_offered_as_waits_for_a_curator"],
    ),
    Mutant(
        "two dates count on the same day of work", "umkm/catalogue/feasibility.py",
        "        supply = supply.without(product, production_days(product, mine), portion.quantity)\n", "",
        [f"{SCHEDULES}::test_dates_that_share_the_days_on_which_goods_are_made_are_asked_together"],
    ),
    Mutant(
        "the dates of a schedule need not add up to what is asked for", "procurement/schedules/reading.py",
        "if planned != line.quantity]", "if False]",
        [f"{SCHEDULES}::test_an_amount_changed_beside_the_schedule_keeps_it_from_being_sent"],
    ),
    Mutant(
        "a scheduled delivery is late by the order's last date", "orders/deliveries/services.py",
        "delivery.due_day, delivery.promised_at = due_day, due_day.deliver_at", "delivery.due_day = due_day",
        [f"{DATES}::test_each_date_is_a_delivery_with_its_own_clocks_bill_and_capacity"],
    ),
    Mutant(
        "a missed date takes the later ones with it", "orders/schedules/due.py",
        "if clock.is_over(day.deliver_at + paused, now)]", "]",
        [f"{DATES}::test_a_missed_date_is_given_up_by_the_buyer_and_the_next_one_goes_on"],
    ),
    Mutant(
        "silence gives up a date before its time is over", "orders/orders/services/completion.py",
        "late = [day for day in late if clock.is_over(day.rest_due_at, now)]", "pass",
        [f"{DATES}::test_silence_gives_up_each_date_by_its_own_end_and_closes_an_order_that_brought_nothing"],
    ),
    Mutant(
        "a schedule costs one delivery", "procurement/schedules/services.py",
        "part.seller.delivery_price * max(times, 1)", "part.seller.delivery_price",
        [f"{SCHEDULES}::test_the_line_asks_for_the_sum_and_the_request_for_the_last_date"],
    ),
    Mutant(
        "the first bill of a schedule bears the delivery of every date", "orders/billing/services/invoices.py",
        "return order.delivery_cost if day is None else due.cost_on(order, day)", "return order.delivery_cost",
        [f"{DATES}::test_each_date_is_a_delivery_with_its_own_clocks_bill_and_capacity"],
    ),
    Mutant(
        "the budget of a missed date is free only when the order ends", "orders/orders/services/completion.py",
        "    freeing.free_missed(order, actor, now)\n", "",
        [f"{DATES}::test_a_missed_date_is_given_up_by_the_buyer_and_the_next_one_goes_on"],
    ),
    Mutant(
        "a rest that was given up still counts for the cap", "orders/orders/services/completion.py",
        "        room.give_back(order, now)\n        _give_back_goods(order, actor, now)\n",
        "        _give_back_goods(order, actor, now)\n",
        [f"{GIVEN_UP}::test_what_both_sides_give_up_counts_no_longer"],
    ),
    Mutant(
        "a date that was given up still counts for the cap", "orders/orders/services/completion.py",
        "        room.give_back(order, now)\n        for line, quantity, part", "        for line, quantity, part",
        [f"{GIVEN_UP}::test_a_date_that_passed_without_goods_counts_no_longer"],
    ),
    Mutant(
        "goods that did not come after the rest was given up still count for the cap", "orders/deliveries/missing.py",
        "        room.give_back(order, now)\n", "",
        [f"{GIVEN_UP}::test_what_is_on_its_way_when_the_rest_is_given_up_and_does_not_come"],
    ),
    Mutant(
        "an addendum keeps room for a date that was given up", "orders/addenda/services.py",
        "keep={seller.pk: room.counted(order)}", "keep={seller.pk: order.total}",
        [f"{GIVEN_UP}::test_a_date_that_passed_without_goods_counts_no_longer"],
    ),
    Mutant(
        "days that are over are sold again", "umkm/stock/services.py",
        "        if day >= first:\n            _post_day(", "        if True:\n            _post_day(",
        [f"{GIVEN_UP}::test_days_that_are_over_stay_used_up"],
    ),
    Mutant(
        "more leaves for a date than was to come on it", "orders/deliveries/sending.py",
        "line.unsent_quantity if day is None else schedules.left_on(day, line)", "line.unsent_quantity",
        [f"{DATES}::test_no_more_leaves_for_a_date_than_was_to_come_on_it"],
    ),
    Mutant(
        "the tax invoice of one bill stands for another", "orders/documents/slots.py",
        "return (bool(self.papers) or self.has_photos) and not self.wanting", "return bool(self.papers)",
        ["tests/orders/tax_invoices/test_services.py::test_each_bill_wants_its_own"],
    ),
    Mutant(
        "a bill without PPN wants a tax invoice", "orders/documents/slots.py",
        " and (rule.kind not in OF_BILLS or bills.get(rule.kind))", "",
        ["tests/orders/tax_invoices/test_services.py::test_a_bill_without_ppn_wants_none"],
    ),
    Mutant(
        "a tax invoice is replaced after the treasurer checked it", "orders/tax_invoices/services.py",
        "if earlier is not None and invoice.state != InvoiceState.ISSUED:", "if False:",
        ["tests/orders/tax_invoices/test_services.py::test_it_is_replaced_until_the_treasurer_looked_at_it"],
    ),
    Mutant(
        "one tax invoice is brought for two bills", "orders/tax_invoices/services.py",
        "    if others.exclude(invoice__state=InvoiceState.VOID).exists():", "    if False:",
        ["tests/orders/tax_invoices/test_services.py::test_each_bill_wants_its_own"],
    ),
    # A request of an office, and what guards it
    Mutant(
        "a frame's price far above the market needs no reason", FRAMES_SERVICES,
        "    if not any(row.basis for row in rows) or len(reason.strip()) >= LEAST_REASON:", "    if True:",
        [f"{CEILINGS}::test_ceiling_without_a_reason_is_refused_with_the_figure"],
    ),
    Mutant(
        "a frame's price is excused by the cheapest goods of its group", "procurement/frames/ceilings.py",
        "    if any(excess is None for excess in judged):", "    if not judged:",
        [f"{CEILINGS}::test_ceiling_of_a_group_is_for_its_dearest_goods"],
    ),
    Mutant(
        "a request is sent though its sellers cannot wait for all who sign", DECISIONS,
        "    obstacles.check_time(now, until, 1 + len(asked))\n", "",
        [f"{CHAIN}::test_goods_made_over_several_days_have_to_be_asked_earlier"],
    ),
    Mutant(
        "the first to sign is given the time of all", "procurement/requests/turns.py",
        "max(share, 1))), decided_by(", "max(share, 1)) * steps), decided_by(",
        [f"{CHAIN}::test_each_step_has_its_working_days_within_the_hold"],
    ),
    Mutant(
        "a deposit is recorded whose sum is not that of its bills", "orders/tax_deposits/services.py",
        "        amount == total,", "        True,",
        ["tests/orders/tax_deposits/test_services.py::test_what_cannot_be_is_refused"],
    ),
    Mutant(
        "a bill's tax is deposited twice", "orders/tax_deposits/querysets.py",
        "return withheld(**of).filter(left__gt=0)", "return withheld(**of)",
        ["tests/orders/tax_deposits/test_services.py"],
    ),
    Mutant(
        "what a platform collects is the treasurer's to deposit", "orders/tax_deposits/querysets.py",
        "~Exists(later), ~Exists(by_platform), **of", "~Exists(later), **of",
        ["tests/orders/tax_deposits/test_services.py::test_a_bill_paid_by_card_or_by_a_platforms_rule_has_nothing_to_deposit"],
    ),
    Mutant(
        "who received the goods records the deposit of their tax", "orders/tax_deposits/services.py",
        "    recording.check_sides(actor, lines)\n", "",
        ["tests/orders/tax_deposits/test_services.py::test_only_a_treasurer_who_was_no_other_side_records_it"],
    ),
    Mutant(
        "one NTPN proves the deposits of two departments", "orders/tax_deposits/services.py",
        "    _check_ntpn(agency, kind, period, ntpn, billing_code, deposited_on)\n", "",
        ["tests/orders/tax_deposits/test_services.py::test_an_ntpn_proves_one_kind_and_month_of_one_department"],
    ),
    Mutant(
        "a decision about a cut-up purchase is lost with the bill", "orders/billing/services/invoices.py",
        "is_split(order) if delivery.counted_as_split is None else delivery.counted_as_split", "is_split(order)",
        [f"{DECIDED}::test_purchases_within_the_window_are_named_and_count_as_one_when_decided"],
    ),
    Mutant(
        "purchases are compared within one day alone", "orders/billing/nearby.py",
        "    window = SPLIT_WINDOW.on(day)", "    window = 0",
        [f"{DECIDED}::test_purchases_within_the_window_are_named_and_count_as_one_when_decided"],
    ),
    Mutant(
        "a corrected meal is taxed as it was ordered", "orders/billing/services/invoices.py",
        "food_kind=line.food_kind, is_staple=line.order_line.is_staple)",
        "food_kind=line.order_line.food_kind, is_staple=line.order_line.is_staple)",
        [f"{DECIDED}::test_the_treasurer_corrects_what_a_meal_is_taxed_as"],
    ),
    Mutant(
        "anybody of the department decides about tax", "orders/tax_decisions/services.py",
        "    office = treasurer.require_role(actor, order, now)", '    office = "treasurer"',
        [f"{DECIDED}::test_what_cannot_be_decided"],
    ),
    Mutant(
        "one bukti potong is of two taxpayers", "orders/tax_slips/services.py",
        "    if len(found) > 1:", "    if False:",
        [f"{SLIPS}::test_bills_of_one_taxpayer_and_month_make_one_slip_each_bill_once"],
    ),
    Mutant(
        "a bukti potong follows the NPWP a shop has today", "orders/tax_slips/policies.py",
        "line.invoice.seller_party.npwp, TaxKind", "order.seller.npwp, TaxKind",
        [f"{SLIPS}::test_earlier_bills_stay_with_the_npwp_they_were_issued_under"],
    ),
    Mutant(
        "a bukti potong of a reversed payment counts as right", "orders/tax_slips/querysets.py",
        "Exists(covered.exclude(Exists(_as_stated())))", "Exists(covered.none())",
        [f"{SLIPS}::test_after_a_reversal_the_slip_is_to_be_corrected_and_the_bill_has_no_second"],
    ),
    Mutant(
        "another shop opens a bukti potong", "orders/tax_slips/views.py",
        "    of_shop = Q(seller__in=own_shops(user), withdrawn_at__isnull=True)",
        "    of_shop = Q(withdrawn_at__isnull=True)",
        [f"{SLIPS}::test_the_sheet_the_data_and_the_seller_have_it"],
    ),
    Mutant(
        "the last day to deposit is a holiday", "orders/tax_deposits/deadlines.py",
        "return clock.working_day_from(end, frozenset(holidays))", "return end",
        ["tests/orders/tax_deposits/test_services.py::test_the_last_day_is_as_the_rule_of_its_month_says"],
    ),
    Mutant(
        "an import overwrites what was changed after its preview", "umkm/imports/services.py",
        "values=read.values, shown=one.shown, is_sure", "values=read.values, is_sure",
        [f"{IMPORTS}::test_goods_changed_after_the_preview_are_not_overwritten"],
    ),
    Mutant(
        "an undone import takes back goods that were ordered", "umkm/imports/services.py",
        "    _check_untouched(product, one)\n", "",
        [f"{IMPORTS}::test_goods_that_were_ordered_changed_or_approved_since_are_kept_and_named"],
    ),
    Mutant(
        "a row with a number asks for cells it leaves empty", "epeken/core/files/tables.py",
        "    if any(column.says_which and cells[column.name] for column in columns):", "    if False:",
        [f"{IMPORTS}::test_a_row_with_a_number_changes_only_its_filled_cells"],
    ),
    Mutant(
        "an import with nothing to run blocks the next", "umkm/imports/loop.py",
        "        if not row.rows.filter(plan__in=self.run_kinds).exists():\n", "        if False:\n",
        [f"{IMPORTS}::test_a_file_with_nothing_to_run_is_in_nobodys_way"],
    ),
    Mutant(
        "an import with a dropped zero runs unasked", "umkm/imports/services.py",
        "    if not is_sure:\n        _ask_far_prices(row)\n", "",
        [f"{IMPORTS}::test_a_price_far_from_todays_is_shown_and_asked_about_before_it_runs"],
    ),
    Mutant(
        "a price with a dropped zero is on show unasked", "umkm/catalogue/services/products.py",
        "clock.local_date(now), is_sure=is_sure)", "clock.local_date(now), is_sure=True)",
        ["tests/umkm/catalogue/test_shelf.py::test_a_price_far_below_todays_is_asked_about_before_buyers_see_it"],
    ),
    Mutant(
        "a lowered price is a reserve to rise at once by months later", "umkm/catalogue/services/price_returns.py",
        "        and not clock.is_over(until, now)\n", "",
        [f"{IMPORTS}::test_a_price_returns_at_once_only_to_what_a_curator_let_through_and_soon"],
    ),
    Mutant(
        "a price no curator saw returns at once", "umkm/catalogue/services/price_returns.py",
        "        and change.old <= trust.seen_price(row)\n", "",
        [f"{IMPORTS}::test_a_price_returns_at_once_only_to_what_a_curator_let_through_and_soon"],
    ),
    Mutant(
        "a verifier finds a paper true by a look at another", "umkm/tax_papers/services.py",
        "seller=paper.seller_id, reference=paper.reference).exists()", "seller=paper.seller_id).exists()",
        ["tests/umkm/tax_papers/test_services.py::test_a_paper_counts_once_it_is_verified_and_on_its_days_alone"],
    ),
    Mutant(
        "a cancelled import goes on", "umkm/imports/services.py",
        "    if row.state != ImportState.RUNNING:\n        return\n", "",
        [f"{IMPORTS}::test_cancelled_in_the_middle_the_rest_is_not_done"],
    ),
    Mutant(
        "an import changes goods of another shop", "umkm/imports/planning.py",
        "Product.objects.filter(seller=self.seller).select_related", "Product.objects.select_related",
        [f"{IMPORTS}::test_the_unit_of_goods_on_show_and_goods_of_others_are_refused"],
    ),
    Mutant(
        "cells of a list of residents stay", "umkm/seller_imports/services.py",
        '    row.rows.exclude(cells="").update(cells="")\n', "",
        [f"{LISTS}::test_numbers_are_encrypted_and_emptied_when_they_are_of_no_more_use"],
    ),
    Mutant(
        "a list of residents lies on the disk as it came", "umkm/seller_imports/services.py",
        "fernet().encrypt(data)", "fernet().encrypt(b'') and data",
        [f"{LISTS}::test_numbers_are_encrypted_and_emptied_when_they_are_of_no_more_use"],
    ),
    Mutant(
        "an officer imports residents of another ward", "umkm/seller_imports/planning.py",
        "ward is not None and ward.pk not in places", "False",
        [f"{LISTS}::test_nothing_is_made_before_it_is_confirmed_and_each_refusal_names_row_and_column"],
    ),
    Mutant(
        "residents of a list are asked all at once", "umkm/seller_imports/services.py",
        '.select_related("assisted")[:room]', '.select_related("assisted")',
        [f"{LISTS}::test_residents_are_asked_no_faster_than_the_rule_says_over_all_imports"],
    ),
    Mutant(
        "a list of residents is taken back with what is theirs", "umkm/seller_imports/services.py",
        "if assisted.state == AssistedState.CONFIRMED:", "if False:",
        [f"{LISTS}::test_taken_back_what_nobody_confirmed_is_destroyed_and_what_is_somebodys_stays"],
    ),
    Mutant(
        "what an officer typed at a table waits without papers", "umkm/assisted/services.py",
        '{"consented_at"} if assisted.import_row_id is None else', '{"consented_at"} if False else',
        ["tests/umkm/assisted/test_services.py::test_what_is_handed_over_is_whole_of_the_place_and_not_the_officers"],
    ),
    Mutant(
        "goods leave the shelf on the last day of their paper", "umkm/validity/periods.py",
        "if last is not None and last < day:", "if last is not None and last <= day:",
        [f"{WATCH}::test_goods_are_on_show_through_the_last_day_and_say_why_they_are_not_after_it"],
    ),
    Mutant(
        "a proposed paper that nobody verified brings the goods back", "umkm/validity/services.py",
        "seller.documents.current().filter(expires_on__isnull=False)",
        "seller.documents.filter(expires_on__isnull=False, replaced_at=None)",
        [f"{WATCH}::test_a_verified_new_paper_brings_the_goods_back_and_a_proposed_one_does_not"],
    ),
    Mutant(
        "the seller shows goods again whose paper ended", "umkm/catalogue/services/products.py",
        '    require(not ended, ended, code="paper_ended")\n', "",
        [f"{WATCH}::test_goods_the_seller_hid_are_not_shown_again_without_the_paper"],
    ),
    Mutant(
        "goods the rule let on show make a shop trusted", "umkm/automatic/trust.py",
        'goods.filter(action="approve", actor__isnull=False)', 'goods.filter(action="approve")',
        [f"{BY_RULE}::test_goods_the_rule_let_on_show_make_no_shop_trusted_and_a_refusal_ends_it"],
    ),
    Mutant(
        "a price rises in small steps without a curator", "umkm/automatic/trust.py",
        "    return first.old if first is not None else product.price", "    return product.price",
        [f"{BY_RULE}::test_many_small_rises_are_one_large_one"],
    ),
    Mutant(
        "the rule decides before the city switched it on", "umkm/automatic/trust.py",
        "if not switch.on(day) or not", "if not",
        [f"{BY_RULE}::test_until_the_city_switches_it_on_goods_wait"],
    ),
    Mutant(
        "the rule lets another name on show", "umkm/automatic/trust.py",
        'LOOKED_AT = ("name", "category"', 'LOOKED_AT = ("category"',
        [f"{BY_RULE}::test_small_changes_hold_at_once_and_names_photos_and_large_rises_wait"],
    ),
    Mutant(
        "any reason freezes at once", "umkm/sanctions/services.py",
        "if level == SanctionLevel.FREEZE and policies.is_grave(reason):", "if level == SanctionLevel.FREEZE:",
        ["tests/umkm/sanctions/test_services.py::test_only_a_grave_reason_freezes_at_once"],
    ),
    Mutant(
        "the ladder is climbed in one day", "umkm/sanctions/services.py",
        "since is None or clock.is_over(since, now)", "True",
        ["tests/umkm/sanctions/test_services.py::test_a_shop_has_days_to_mend_its_ways"],
    ),
    Mutant(
        "a frozen shop stays frozen after its last day", "umkm/sanctions/services.py",
        "    _open_again(sanction, None, \"\", now)\n", "",
        ["tests/umkm/sanctions/test_services.py::test_a_freeze_ends_by_itself_after_its_last_day"],
    ),
    Mutant(
        "the first officer decides the appeal", "umkm/appeals/policies.py",
        "actor.pk == appeal.decided_first_by_id or has_assisted", "has_assisted",
        ["tests/umkm/appeals/test_services.py"
         "::test_another_officer_than_the_first_decides_and_the_new_round_is_another_verifiers_too"],
    ),
    Mutant(
        "an order is put into the cart again on top of itself", "orders/carts/services.py",
        "wanted.quantity - have.get(product.pk, Decimal(0))", "wanted.quantity",
        ["tests/orders/carts/test_pages.py"
         "::test_a_finished_order_fills_the_cart_again_at_the_prices_of_today"],
    ),
    Mutant(
        "anybody of the shop takes its appeal back", "umkm/appeals/services.py",
        "if not sellers_policies.is_owner(actor, appeal.seller):", "if False:",
        ["tests/umkm/appeals/test_services.py"
         "::test_its_owner_takes_it_back_while_nobody_decided_and_files_none_again"],
    ),
    Mutant(
        "anybody signed in opens the photos of an appeal", "umkm/appeals/views.py",
        "AppealPhoto.objects.filter(appeal__in=seen).exclude(", "AppealPhoto.objects.exclude(",
        ["tests/umkm/appeals/test_services.py"
         "::test_what_was_sent_is_read_again_by_the_shop_and_the_officers_and_by_nobody_else"],
    ),
    Mutant(
        "a fact that was set aside joins the shops again", "umkm/sellers/querysets.py",
        'found |= Q(~_separated(fact, alone), **{f"{fact}__in": alone})', 'found |= Q(**{f"{fact}__in": alone})',
        [f"{SEPARATIONS}::test_the_same_fact_joins_them_never_again_and_a_new_one_does"],
    ),
    Mutant(
        "after a separation each side keeps what the other sold", "umkm/owners/services.py",
        "        hand_over_room(seller, to=owner, now=now, why=Handover.SEPARATED)", "        pass",
        [f"{SEPARATIONS}::test_each_side_has_its_own_cap_from_now_on_less_what_it_sold_itself"],
    ),
    Mutant(
        "a cap stays raised by what both had sold", "umkm/owners/services.py",
        "Handover.SEPARATED: min(row.cap, max(usual, row.used - amount)),", "Handover.SEPARATED: row.cap,",
        [f"{SEPARATIONS}::test_what_the_two_sold_past_the_cap_raises_neither_cap"],
    ),
    Mutant(
        "the number of three shops still ties who left it to the third", "umkm/separations/services.py",
        "pairs = {(one.pk, other.pk) for one in holding[0] for other in holding[1]} | {", "pairs = {",
        [f"{SEPARATIONS}::test_an_account_of_three_is_contested_by_one_of_them_and_its_own_shops_go_along"],
    ),
    Mutant(
        "a helper on both sides is separated from themselves", "umkm/separations/policies.py",
        "    if people[0] & people[1]:\n        return True\n", "",
        [f"{SEPARATIONS}::test_one_person_on_both_sides_is_never_separated[former]"],
    ),
    Mutant(
        "who runs a shop with the NIK of the other side is separated", "umkm/separations/policies.py",
        "for own, foreign in ((people[0], numbers[1]), (people[1], numbers[0]))", "for own, foreign in ()",
        [f"{SEPARATIONS}::test_one_person_on_both_sides_is_never_separated[nik_of_helper]"],
    ),
    Mutant(
        "a new common account is set aside with the old one", "umkm/separations/services.py",
        "if TieFact.BANK in found.facts and request.seller.bank_index != request.value:", "if False:",
        [f"{SEPARATIONS}::test_an_account_that_both_gave_since_is_a_new_fact"],
    ),
    Mutant(
        "the same proof contests a decided tie again", "umkm/separations/services.py",
        "any(one.sha256 not in seen for one in stored),", "True,",
        [f"{SEPARATIONS}::test_one_asks_once_and_again_only_with_what_nobody_has_seen"],
    ),
    Mutant(
        "a helper takes the owner's contest of a tie back", "umkm/separations/services.py",
        "    if not policies.is_own(actor, request):", "    if False:",
        [f"{SEPARATIONS}::test_nobody_of_another_shop_takes_it_back_nor_an_owner_after_the_one_who_asked"],
    ),
    Mutant(
        "a new owner takes back what the one before asked for", "umkm/separations/policies.py",
        "is_owner(actor, request.seller) and (since is None or request.filed_at >= since)",
        "is_owner(actor, request.seller)",
        [f"{SEPARATIONS}::test_nobody_of_another_shop_takes_it_back_nor_an_owner_after_the_one_who_asked"],
    ),
    Mutant(
        "photos of a contest that was taken back are never shown again", "umkm/separations/querysets.py",
        "state__in=[SeparationState.SEPARATED, SeparationState.KEPT])", "state__in=list(SeparationState))",
        [f"{SEPARATIONS}::test_its_owner_takes_it_back_while_nobody_decided_and_may_ask_again"],
    ),
    Mutant(
        "an appeal of one word is taken", "umkm/appeals/words.py",
        "        len(words) >= LEAST_REASON,\n", "        True,\n",
        ["tests/umkm/appeals/test_pages.py::test_an_appeal_of_one_word_says_nothing"],
    ),
    Mutant(
        "the form of an appeal is offered again after one was sent", "umkm/appeals/views.py",
        "        if problem.code == services.APPEALED:", "        if False:",
        ["tests/umkm/appeals/test_pages.py::test_the_form_is_offered_until_one_was_sent"],
    ),
    Mutant(
        "who ships reads nothing of a change that waits", "orders/orders/pages/pending.py",
        "    found = change_notes(user, order, now, _sent_words(order))", "    found: list[PendingNote] = []",
        ["tests/orders/orders/test_pending.py"
         "::test_who_records_a_shipment_reads_the_change_first_and_can_answer_it"],
    ),
    Mutant(
        "what somebody came for is lost when they put their number right", "epeken/users/signing_up.py",
        'reverse("account_signup"), typed(request).get("next", "")', 'reverse("account_signup"), ""',
        ["tests/users/test_letter_again.py::test_a_known_number_starts_anew_as_an_unknown_one_does"],
    ),
    Mutant(
        "an address gets a letter a minute", "epeken/settings.py", '"1/1m/key,5/h/key"', '"1/1m/key"',
        ["tests/users/test_letter_again.py::test_an_address_gets_few_letters_an_hour_whoever_asks"],
    ),
    Mutant(
        "who verified a shop decides that it is somebody else's", "umkm/separations/policies.py",
        "barred = tied_people(rows, shops) | _verified_by(shops)", "barred = tied_people(rows, shops)",
        [f"{SEPARATIONS}::test_an_officer_who_verified_one_of_them_or_is_tied_to_it_decides_nothing"],
    ),
    Mutant(
        "who rejected it examines it anew after an appeal", "umkm/verification/services.py",
        "if case.not_by_id == actor.pk:", "if False:",
        ["tests/umkm/appeals/test_services.py"
         "::test_another_officer_than_the_first_decides_and_the_new_round_is_another_verifiers_too"],
    ),
    Mutant(
        "an appeal is filed after its days", "umkm/appeals/services.py",
        "not clock.is_over(last, now)", "True",
        ["tests/umkm/appeals/test_services.py::test_one_appeals_within_the_days_once_and_with_words"],
    ),
    Mutant(
        "a new try keeps the old consent", "umkm/sellers/services.py",
        'move(seller, "retry", actor=actor, now=now, consented_at=None,', 'move(seller, "retry", actor=actor, now=now,',
        ["tests/umkm/appeals/test_services.py"
         "::test_a_new_try_keeps_the_entry_asks_consent_again_and_waits_for_the_appeal"],
    ),
    Mutant(
        "a shop leaves its running orders behind", "orders/departures/services.py",
        "        not count,\n", "        True,\n",
        ["tests/orders/departures/test_leave.py::test_what_runs_is_finished_first_and_the_page_says_which"],
    ),
    Mutant(
        "who left comes back after any time", "umkm/sellers/services.py",
        "not clock.is_over(last_return(seller.left_at), now)", "True",
        ["tests/orders/departures/test_leave.py::test_after_the_days_one_registers_anew"],
    ),
    Mutant(
        "a new shop hides the warnings of the one that left", "umkm/verification/checks.py",
        "    if facts.sanctioned:", "    if False:",
        ["tests/orders/departures/test_leave.py"
         "::test_a_new_shop_of_the_same_owner_shows_the_warnings_of_the_one_that_left"],
    ),
    Mutant(
        "a place is kept without consent", "orders/photo_places/services.py",
        "    consent = consent_of(actor)\n    if consent is None:",
        "    consent = PlaceConsent.objects.filter(person=actor).last()\n    if consent is None:",
        ["tests/orders/photo_places/test_services.py::test_a_place_is_kept_for_who_agreed_and_only_while_they_do"],
    ),
    Mutant(
        "the place of a person's home is kept", "orders/photo_places/services.py",
        "if claim is None or order.agency_id is None:", "if claim is None:",
        ["tests/orders/photo_places/test_services.py::test_a_persons_own_purchase_has_no_place"],
    ),
    Mutant(
        "a photo without a place fills the place for one with it", "orders/photo_places/querysets.py",
        'PhotoPlace.objects.filter(photo__delivery=OuterRef("pk"))',
        'PhotoPlace._meta.get_field("photo").related_model.objects.filter(delivery=OuterRef("pk"))',
        ["tests/orders/photo_places/test_services.py::test_where_it_is_asked_for_each_bill_has_one_or_a_reason"],
    ),
    Mutant(
        "the treasurer is asked while a paper lacks", "orders/orders/next_step.py",
        "    return bring or [", "    return [",
        ["tests/orders/documents/test_slots.py::test_the_turn_is_of_who_brings_the_missing_paper"],
    ),
    Mutant(
        "a waived paper keeps the turn from the treasurer", "orders/documents/lacking.py",
        ".exclude(Exists(waived))", "",
        ["tests/orders/documents/test_slots.py::test_the_turn_is_of_who_brings_the_missing_paper"],
    ),
    Mutant(
        "an award holds no money", f"{QUOTING}/awarding.py",
        "        awards.hold_award(request=draft,", "        assert dict(request=draft,",
        [f"{AWARD_MONEY}::test_nothing_else_takes_the_money_of_an_award"],
    ),
    Mutant(
        "the money of an award stays held when its draft is withdrawn", DECISIONS,
        "    awards.release_award(request=request, actor=actor, now=now, note=note)\n", "",
        [f"{AWARD_MONEY}::test_the_money_of_an_award_is_free_when_its_draft_ends"],
    ),
    Mutant(
        "a department offers one rupiah unasked", ROUNDS,
        '    require(terms != offer, text, code="same_terms")\n    low_prices.check_sure(offered_prices(part, terms), '
        "clock.local_date(now), is_sure=is_sure)\n",
        '    require(terms != offer, text, code="same_terms")\n',
        [f"{LOW_PRICES}::test_a_price_below_half_is_sent_by_who_is_sure"],
    ),
    Mutant(
        "points are earned with a meal days too early", f"{QUOTING}/offering.py",
        "any(is_meal(one) for one in products.values())", "False",
        [f"{LOW_PRICES}::test_a_meal_is_offered_for_its_hour_not_for_days_before"],
    ),
    Mutant(
        "the first who takes of a month finds no room", "umkm/owners/services.py",
        "    insert_new(TurnoverMonth(owner_id=seller.owner_id,", "    assert (TurnoverMonth(owner_id=seller.owner_id,",
        ["tests/orders/test_races.py::test_twenty_orders_room_for_five"],
    ),
    Mutant(
        "an order made now is waited for like any other", "orders/attestations/services.py",
        "        _wait_for(set(part) - made_now)\n", "        _wait_for(set(part))\n",
        ["tests/orders/test_statements.py"],
    ),
    Mutant(
        "a paper that is being made counts as there", "orders/documents/pages.py",
        "(entry.document is not None and schedule.taken_by(entry.document) in made)", "entry.document is not None",
        ["tests/orders/documents/test_pages.py::test_what_is_being_made_for_the_first_time_is_not_there_yet"],
    ),
    Mutant(
        "a hold of its full days urges like a short one", "procurement/requests/pages/requests.py",
        " or request.held_until >= obstacles.hold_end(request.submitted_at)", "",
        ["tests/procurement/requests/test_decide.py::test_prices_hold_for_a_while_and_then_nothing_is_decided"],
    ),
    Mutant(
        "sums beside a schedule are counted and not said", "procurement/requests/obstacles.py",
        '"schedule_sum", text % words)', '"schedule_sum", text % words, line.pk)',
        ["tests/procurement/schedules/test_pages.py::test_dates_are_made_out_of_a_rhythm_and_changed_row_by_row"],
    ),
    Mutant(
        "a template's purpose is sent unseen", "procurement/request_templates/services.py",
        '"purpose": purpose,\n        "line"', '"purpose": template.purpose,\n        "line"',
        ["tests/procurement/request_templates/test_templates.py::test_from_request_to_template_to_draft_by_hand"],
    ),
    Mutant(
        "an award is dropped without a word", DECISIONS,
        "not buys_award or len(note.strip()) >= LEAST_REASON", "True",
        [f"{AWARD_MONEY}::test_the_money_of_an_award_is_free_when_its_draft_ends"],
    ),
    Mutant(
        "a change of identity is approved with its proof unseen", "umkm/identity/services.py",
        "    openings.require_opened(actor, evidence_of(change), change.proposed_at)\n    delay", "    delay",
        ["tests/umkm/identity/test_services.py::test_findings_on_the_new_data_are_noted_before_approval"],
    ),
    Mutant(
        "a look in an earlier round counts for this one", "umkm/verification/openings.py",
        ", document__in=brought, at__gte=since)", ", document__in=brought)",
        ["tests/umkm/verification/test_services.py"
         "::test_who_opened_no_paper_neither_approves_nor_refuses_for_what_papers_show"],
    ),
    Mutant(
        "a denial leaves the shop's other changes running", "umkm/identity/services.py",
        "for other in open_ones.exclude(", "for other in open_ones.none().exclude(",
        ["tests/umkm/identity/test_services.py::test_a_denial_stops_the_change_and_every_other_of_the_shop"],
    ),
    Mutant(
        "a file is taken from another desk by an older page", "umkm/verification/services.py",
        "if before is not None and before.pk != over:", "if before is not None and before.pk == actor.pk:",
        ["tests/umkm/verification/test_services.py::test_taking_a_case_is_an_event_and_can_be_handed_over"],
    ),
    Mutant(
        "a warning for being late names no order", "umkm/sanctions/services.py",
        "not needed or any(one.kind in needed for one in facts)", "True",
        ["tests/umkm/sanctions/test_services.py::test_a_reason_that_speaks_of_orders_rests_on_one"],
    ),
    Mutant(
        "a lifted letter bears no mark", "epeken/site/sanction_letters/letter.py",
        "if sanction.state not in (SanctionState.LIFTED, SanctionState.SET_ASIDE) or", "if sanction.state or",
        ["tests/umkm/sanctions/test_services.py"
         "::test_the_letter_says_what_it_rests_on_until_when_to_appeal_and_when_it_counts_no_more"],
    ),
    Mutant(
        "the account that may do everything decides as the head", "umkm/appeals/policies.py",
        "return actor in officers(permission) if permission == HEAD else actor.has_perm(permission)",
        "return actor.has_perm(permission)",
        ["tests/umkm/appeals/test_services.py::test_the_head_is_who_was_given_that_office"],
    ),
    Mutant(
        "who agreed to a compensation pays it", "orders/compensations/services/payments.py",
        "    if actor.pk in (found.agreed_by_id, found.charged_by_id):\n", "    if False:\n",
        [f"{COMPENSATED}::test_who_may_and_who_may_not"],
    ),
    Mutant(
        "a compensation is paid from last year's budget", "orders/compensations/services/payments.py",
        "        paid_on.year == line.year,\n", "        True,\n",
        [f"{COMPENSATED}::test_a_payment_has_its_number_its_day_and_its_proof"],
    ),
    Mutant(
        "who recorded a payment of a compensation reverses it", "orders/reversals/asking.py",
        "if actor.pk == found.asked_by_id or actor.pk in paid_by:", "if False:",
        [f"{UNDONE}::test_who_asks_does_not_decide_and_each_says_why"],
    ),
    Mutant(
        "a reversed compensation stays on the budget", "orders/compensations/services/reversing.py",
        "    budgets.reverse_realised(", "    (lambda **_given: None)(",
        [f"{UNDONE}::test_money_that_was_sent_is_recorded_anew_by_two_people"],
    ),
    Mutant(
        "money that came back reads as sent", "orders/compensations/services/reversing.py",
        "correcting=payment if row.is_misrecorded else None", "correcting=payment",
        [f"{UNDONE}::test_money_that_came_back_is_late_as_before_and_its_number_is_used"],
    ),
    Mutant(
        "a compensation's number is another one for bills", "orders/billing/services/numbers.py",
        "    return sorted(NumberUse(*row) for row in rows)",
        "    return sorted(NumberUse(*row) for row in rows if row[0] == Invoice.__name__)",
        [f"{UNDONE}::test_a_number_means_one_day_and_a_transfer_one_shop_whatever_it_pays"],
    ),
    Mutant(
        "a late compensation stays with whoever holds it", "orders/compensations/lateness.py",
        "        if clock.is_over(opens, now):\n", "        if clock.is_over(opens, now) and after is None:\n",
        [f"{UNDONE}::test_whoever_holds_it_is_reminded_before_and_after_its_last_day"],
    ),
    Mutant(
        "another line keeps what a compensation bound", "orders/compensations/services/payments.py",
        "before = {} if found.line_id is None else {found.line_id: found.amount}", "before = {}",
        [f"{COMPENSATED}::test_only_a_line_of_this_department_and_year_with_room"],
    ),
    Mutant(
        "a tax invoice states another PPN than its bill", "orders/tax_invoices/services.py",
        "        ppn == due,\n", "        ppn <= due,\n",
        ["tests/orders/tax_invoices/test_services.py::test_what_cannot_be_is_refused"],
    ),
    Mutant(
        "a tax invoice is of a later year than its day", "orders/tax_invoices/numbers.py",
        "not (is_replacing and year < day.year % 100)", "not is_replacing",
        ["tests/orders/tax_invoices/test_services.py::test_what_cannot_be_is_refused"],
    ),
    Mutant(
        "a bukti potong is asked for a day late", "epeken/site/dashboards/tax_work.py",
        "if one.due_on <= today]", "if one.due_on < today]",
        ["tests/orders/tax_slips/test_slips.py::test_what_has_none_by_its_last_day_stands_on_the_treasurers_desk"],
    ),
    Mutant(
        "a purchase of the bound itself needs the next form of contract", "orders/orders/contract_form.py",
        "if total <= rule.on(day):", "if total < rule.on(day):",
        ["tests/orders/orders/test_contract_form.py::test_without_it_the_value_decides"],
    ),
    Mutant(
        "a whole number is shown to who says no purpose", "umkm/sellers/services.py",
        "    openings.require_purpose(purpose)\n", "",
        ["tests/umkm/sellers/test_open_shop.py::test_an_officers_look_leaves_a_row_and_the_owners_none"],
    ),
    Mutant(
        "a list of who came joins one order alone", "orders/documents/services.py",
        "if in_siblings else", "if False else",
        ["tests/orders/documents/test_documents.py::test_one_list_of_who_came_is_that_of_every_order_of_its_request"],
    ),
    Mutant(
        "who inspects for no department lets places be kept", "orders/photo_places/services.py",
        "if not may_consent(actor, clock.local_date(now)):", "if False:",
        ["tests/orders/photo_places/test_services.py::test_a_persons_own_purchase_has_no_place"],
    ),
    Mutant(
        "what was compared with nothing is called done", "procurement/requests/views/requests.py",
        "is_compared=sheet is not None or is_framed", "is_compared=True",
        ["tests/procurement/requests/test_pages.py"
         "::test_nothing_is_compared_before_its_day_and_the_button_names_who_signs_first"],
    ),
    Mutant(
        "the office approves while a kelurahan is asked", "umkm/verification/services.py",
        "    areas.require_heard(case, note)\n", "",
        ["tests/umkm/area_checks/test_services.py::test_each_level_is_asked_in_turn_and_the_office_decides_after_the_last"],
    ),
    Mutant(
        "whoever is posted anywhere answers for an area", "umkm/area_checks/policies.py",
        "AreaCheck.objects.in_area_of(actor, day).filter(pk=check.pk).exists()", "is_posted(actor, day)",
        ["tests/umkm/area_checks/test_services.py::test_only_who_is_posted_there_answers_and_only_after_looking"],
    ),
    Mutant(
        "who answered for an area decides for the office too", "umkm/area_checks/policies.py",
        "return AreaCheck.objects.filter(case=case_pk, officer=actor).exists()", "return False",
        ["tests/umkm/area_checks/test_services.py::test_who_answered_for_the_area_does_not_decide_for_the_office"],
    ),
    Mutant(
        "an area is heard after its deadline", "umkm/area_checks/services.py",
        "    if clock.is_over(check.due_at, now):\n", "    if False:\n",
        ["tests/umkm/area_checks/test_services.py::test_nobody_answers_after_the_deadline_though_the_sweep_has_not_come"],
    ),
    Mutant(
        "what was right of one address is right of another", "umkm/area_checks/services.py",
        "return same and not", "return not",
        ["tests/umkm/area_checks/test_services.py::test_the_area_sends_back_what_it_reads_and_what_was_right_is_not_asked_again"],
    ),
    Mutant(
        "an officer of an area opens the identity card", "umkm/area_checks/services.py",
        "return seller.documents.current().filter(kind__in=PAPERS).order_by(\"pk\")",
        "return seller.documents.current().order_by(\"pk\")",
        ["tests/umkm/area_checks/test_pages.py::test_the_officer_sees_the_place_and_nothing_of_identity_tax_or_money"],
    ),
    Mutant(
        "an officer ticks consent for a resident", "umkm/sellers/services.py",
        "    if OWN_WORD & set(values) and not policies.is_owner(actor, seller):\n", "    if False:\n",
        ["tests/umkm/assisted/test_services.py"
         "::test_the_officer_types_and_the_resident_alone_confirms_and_sends"],
    ),
    Mutant(
        "an officer sends a resident's registration", "umkm/sellers/services.py",
        "seller = _locked_open(actor, seller, None)", "seller = _locked_open(actor, seller, now)",
        ["tests/umkm/assisted/test_pages.py::test_the_officer_begins_types_and_asks"],
    ),
    Mutant(
        "who typed a registration verifies it", "umkm/verification/policies.py",
        " and not has_assisted(actor, seller)", "",
        ["tests/umkm/assisted/test_services.py::test_who_typed_it_decides_nowhere_on_it"],
    ),
    Mutant(
        "a number nobody confirmed reads a resident's registration", "umkm/assisted/querysets.py",
        "or user.phone_verified_at is None", "or False",
        ["tests/umkm/assisted/test_services.py::test_it_is_read_by_who_holds_the_number_and_knows_the_nik"],
    ),
    Mutant(
        "a resident confirms what they did not read", "umkm/assisted/services.py",
        " or shown != round_of(assisted)", "",
        ["tests/umkm/assisted/test_services.py::test_what_changed_after_it_was_read_is_read_again"],
    ),
    Mutant(
        "an officer whose posting ended goes on typing", "umkm/assisted/querysets.py",
        "return own.filter(Exists(posted))", "return own",
        ["tests/umkm/assisted/test_services.py::test_only_who_is_posted_there_helps_and_only_while_they_are"],
    ),
    Mutant(
        "any earlier code confirms a later registration", "epeken/users/codes.py",
        'one["at"] >= moment.timestamp()', "True",
        ["tests/umkm/assisted/test_pages.py"
         "::test_a_session_without_a_code_of_this_round_neither_reads_nor_decides"],
    ),
    Mutant(
        "a withdrawn consent leaves the copy of an earlier round", "umkm/consents/services.py",
        "    CaseValue.objects.filter(case__seller__in=ever, field=LOW_INCOME).update(value=str(False))\n", "",
        ["tests/umkm/consents/test_consents.py"
         "::test_the_flag_stands_only_while_its_owner_consents_and_leaves_every_copy"],
    ),
    Mutant(
        "a helper opens the owner's papers", "umkm/sellers/querysets.py",
        "(mine & Q(seller__members__role=\"owner\"))", "mine",
        ["tests/umkm/members/test_members.py"
         "::test_a_helper_does_nothing_that_is_the_owners_and_sees_none_of_their_papers"],
    ),
    Mutant(
        "somebody else takes an invitation", "umkm/members/services.py",
        "    if found.address not in actor.sign_in_names:", "    if not actor.sign_in_names:",
        ["tests/umkm/members/test_members.py::test_nobody_helps_without_their_own_word"],
    ),
    Mutant(
        "a breach is closed before everybody was told", "epeken/notifications/breaches/services.py",
        "breach.affected.exists() and not breach.affected.filter(told_at__isnull=True).exists()",
        "breach.affected.exists()",
        ["tests/notifications/test_breaches.py"
         "::test_it_is_closed_once_the_authority_and_everybody_were_told"],
    ),
    Mutant(
        "a planned day changes what is shown and not what is sold", "umkm/stock/supply.py",
        "return self.planned.get((product.pk, day), product.daily_capacity or ZERO)",
        "return product.daily_capacity or ZERO",
        ["tests/umkm/stock/test_plans.py::test_a_day_holds_what_was_planned_for_it_and_others_what_is_usual"],
    ),
    Mutant(
        "what was just inspected is asked to be inspected", "orders/deliveries/arriving.py",
        "    if not is_inspected:\n        notices", "    if True:\n        notices",
        ["tests/orders/deliveries/test_missing.py::test_nobody_is_asked_any_more_what_they_have_done"],
    ),
    Mutant(
        "a task stays unread after it was done", "orders/deliveries/arriving.py",
        "    notices.arrival_done(delivery, now=now)\n", "",
        ["tests/orders/deliveries/test_missing.py::test_nobody_is_asked_any_more_what_they_have_done"],
    ),
    Mutant(
        "goods are brought for nothing because no price was written", "umkm/sellers/forms.py",
        "                del data[\"offers_delivery\"]", "                data[\"delivery_fee\"] = 0",
        ["tests/umkm/sellers/test_pages.py::test_bringing_goods_has_a_price_that_was_written"],
    ),
    Mutant(
        "a shop stands in another city", "umkm/sellers/pins.py",
        "settings.CITY.box.contains(latitude, longitude)", "True",
        ["tests/umkm/sellers/test_services.py::test_a_point_on_the_map_is_whole_and_in_the_city"],
    ),
    Mutant(
        "a day that is over makes a large order possible", "umkm/catalogue/feasibility.py",
        "filter(day__gte=today)", "all()",
        ["tests/orders/carts/test_pages.py::test_more_than_any_day_makes_is_refused_at_once"],
    ),
    Mutant(
        "a new code is not counted", "epeken/users/signing_up.py",
        "if codes.may_be_sent(self.request, self.process.phone):", "if True:",
        ["tests/users/test_phone.py::test_new_codes_are_counted_with_every_other_text_to_the_number"],
    ),
    Mutant(
        "the dearest offer stands where the cheapest does", "epeken/core/web/templatetags/ui.py",
        "(int(value) - least) / span", "int(value) / max(known)",
        ["tests/core/test_components.py::test_a_price_stands_where_it_lies_between_the_lowest_and_the_highest"],
    ),
    Mutant(
        "a plan takes back what is promised", "umkm/stock/services.py",
        "row.planned, row.capacity = capacity, max(makes, row.used)", "row.planned, row.capacity = capacity, makes",
        ["tests/umkm/stock/test_plans.py::test_a_day_holds_what_was_planned_for_it_and_others_what_is_usual"],
    ),
    Mutant(
        "several bills are paid together with one whose money was sent", "orders/billing/services/joint_payments.py",
        "if invoice.correcting_id is not None:", "if False:",
        ["tests/orders/reversals/test_corrections.py::test_nobody_is_asked_to_send_the_money_again"],
    ),
    Mutant(
        "money that was sent stands among the bills to be paid together", "orders/billing/querysets.py",
        "self._unhindered(InvoiceState.APPROVED).to_be_sent()", "self._unhindered(InvoiceState.APPROVED)",
        ["tests/orders/reversals/test_corrections.py::test_nobody_is_asked_to_send_the_money_again"],
    ),
    Mutant(
        "a number is written again on a way of paying that bears none", "orders/reversals/anew.py",
        "payment.method not in NEEDS_REFERENCE", "False",
        ["tests/orders/reversals/test_corrections.py::test_a_number_is_not_written_again_on_a_way_that_bears_none"],
    ),
    Mutant(
        "the treasurer is named while the department is to bring a paper", "orders/billing/standing.py",
        "papers=paper_words(invoice),", 'papers="",',
        ["tests/orders/documents/test_slots.py::test_the_turn_is_of_who_brings_the_missing_paper"],
    ),
    Mutant(
        "what was paid of a bill is still open at the end of the year", "orders/year_end/waiting.py",
        'then=F("gross")), default=F("paid"))', 'then=F("gross")), default=Value(0))',
        ["tests/orders/year_end/test_services.py::test_the_list_opens_on_its_day_and_goes_on_after_the_year"],
    ),
    Mutant(
        "a reversed payment of a compensation bears no flag", "orders/oversight/flags.py",
        "for rows in (PaymentReversal.objects.all(), CompensationReversal.objects.all())",
        "for rows in (PaymentReversal.objects.all(),)",
        ["tests/orders/compensations/test_reversing.py"
         "::test_who_counts_what_was_paid_and_who_inspects_meet_it"],
    ),
    Mutant(
        "a reversed payment of a compensation is realised", "orders/realisation/pages.py",
        "CompensationPayment.objects.standing()", "CompensationPayment.objects",
        ["tests/orders/compensations/test_reversing.py"
         "::test_who_counts_what_was_paid_and_who_inspects_meet_it"],
    ),
    Mutant(
        "a bill whose reversal is only asked for is to be paid again", "orders/billing/querysets.py",
        "self.payable().filter(self._has_reversal(ReversalState.RELEASED))",
        "self.filter(self._has_reversal(ReversalState.RELEASED) | self._has_reversal(ReversalState.ASKED))",
        ["tests/orders/billing/test_list.py::test_the_sentence_of_the_list_comes_to_what_its_rows_do"],
    ),
    Mutant(
        "an order closes without the reason at its lines", "orders/orders/services/completion.py",
        "for words in [*said, delivery.remark] if words", "for words in [delivery.remark] if words",
        ["tests/orders/deliveries/test_services.py::test_rejecting_everything_ends_the_order"],
    ),
    Mutant(
        "half a bottle comes into stock", "umkm/catalogue/listing.py",
        "if quantity is None or unit not in WHOLE_UNITS or quantity % 1 == 0:", "if quantity is None or quantity > 0:",
        ["tests/umkm/catalogue/test_shelf.py::test_of_what_is_sold_whole_no_part_comes_into_stock"],
    ),
    Mutant(
        "a helper brings papers of the owner", "umkm/tax_papers/services.py",
        "is_owner(actor, seller):\n        raise NotAllowed(_(\"Hanya pemilik toko ini yang dapat mengunggah",
        "can_act_for(actor, seller):\n        raise NotAllowed(_(\"Hanya pemilik toko ini yang dapat mengunggah",
        ["tests/umkm/members/test_members.py"
         "::test_a_helper_does_nothing_that_is_the_owners_and_sees_none_of_their_papers"],
    ),
    Mutant(
        "money that did not come counts as received", "orders/billing/querysets.py",
        "return self.exclude(DENIED)", "return self",
        ["tests/orders/confirmations/test_pages.py"
         "::test_money_that_did_not_come_reaches_treasurer_head_and_inspector"],
    ),
    Mutant(
        "a day that has passed is promised", "orders/ladder/steps.py",
        "told = opens if today is None else max(opens, clock.start_of(today))", "told = opens",
        ["tests/orders/ladder/test_pages.py::test_no_day_that_has_passed_is_promised"],
    ),
    Mutant(
        "a paper is told to be over on its last day", "umkm/identity/pages.py",
        "document.expires_on >= day:", "document.expires_on > day:",
        ["tests/umkm/validity/test_watch.py"
         "::test_the_shop_reads_that_a_paper_is_over_from_the_day_after_its_last"],
    ),
    Mutant(
        "a case that two areas looked at counts as ready while one of them is asked", "umkm/verification/querysets.py",
        "return OPEN & ~with_area()", "return OPEN & ~Q(area_checks__state=\"running\")",
        ["tests/site/test_officer_day.py::test_a_case_of_two_areas_counts_once_and_says_whose_turn_it_is"],
    ),
    Mutant(
        "the head of the office opens every registration", "umkm/verification/policies.py",
        "return appeal is not None and appeal.state == AppealState.WITH_HEAD", "return True",
        ["tests/umkm/appeals/test_services.py::test_the_head_reads_the_file_while_its_appeal_is_before_them"],
    ),
    Mutant(
        "the head of the office opens papers of a decided appeal", "umkm/verification/querysets.py",
        "seller__appeals__state=AppealState.WITH_HEAD, seller__appeals__case__isnull=False",
        "seller__appeals__case__isnull=False",
        ["tests/umkm/appeals/test_services.py::test_the_head_reads_the_file_while_its_appeal_is_before_them"],
    ),
    Mutant(
        "one letter is reason enough for a shop", "umkm/verification/notes.py",
        "        len(note) >= LEAST_REASON,\n", "        len(note) >= 1,\n",
        ["tests/umkm/catalogue/test_judging.py::test_a_refusal_without_a_note_is_refused"],
    ),
    Mutant(
        "what is searched for stays in the part of the queue nobody chose", "epeken/core/web/queue.py",
        "            self.used_parameters[self.parameter_name] = whole\n", "            pass\n",
        ["tests/site/test_officer_day.py::test_what_is_searched_for_is_found_after_its_decision"],
    ),
    Mutant(
        "another day is offered beside a full month", "umkm/catalogue/feasibility.py",
        "return [fault.without_ways_out if fault.day else fault for fault in found]", "return list(found)",
        ["tests/umkm/discovery/test_offers.py::test_a_day_is_no_way_out_of_a_full_month"],
    ),
    Mutant(
        "a day of a year that does not pay is proposed", "umkm/catalogue/feasibility.py",
        "if on.until is not None and day > on.until:", "if False:",
        ["tests/umkm/discovery/test_offers.py::test_a_day_is_no_way_out_of_a_full_month"],
    ),
    Mutant(
        "another amount costs one delivery of several", "procurement/requests/services/drafts.py",
        "**as_delivered(product.seller, _times(request, product.seller_id))", "**as_delivered(product.seller)",
        [SCHEDULES],
    ),
    Mutant(
        "an order is as dear as before a date was given up", "orders/orders/querysets.py",
        'F("total") - lines - days', 'F("total") - lines', [DATES],
    ),
    Mutant(
        "goods that did not come stay in the sum of their request", "procurement/requests/querysets.py",
        'then=registry.row_fact("request.ordered_sum")', 'then=F("total")',
        ["tests/orders/orders/test_unfilled.py::test_goods_that_were_not_accepted_are_in_no_sum_of_its_request"],
    ),
    Mutant(
        "a payment whose record is corrected climbs as an unpaid bill", "orders/ladder/steps.py",
        "return level == LateLevel.TREASURER or not invoice.is_sent", "return True",
        ["tests/orders/reversals/test_corrections.py"
         "::test_a_late_record_is_said_to_be_one_and_climbs_by_no_clock"],
    ),
    Mutant(
        "a ceiling as high as a slip of the hand is taken without a word", "procurement/budgets/forms.py",
        "if not is_sure and ", "if False and ",
        ["tests/procurement/test_admin.py::test_a_ceiling_as_high_as_a_slip_of_the_hand_is_asked_about"],
    ),
    Mutant(
        "the treasurer is reminded of what another is to bring", "orders/billing/notices.py",
        "people = sellers(order) if office is None else officers(order, now, office)",
        "people = officers(order, now, OfficerRole.TREASURER)",
        ["tests/orders/test_reminders.py"
         "::test_who_brings_what_lacks_hears_it_in_place_of_who_cannot_pay_without"],
    ),
    Mutant(
        "each of the goods with one picture is noted by itself", "umkm/catalogue/pages/curation.py",
        "(alike.own.pk, row.is_open) if of_picture else row.key", "row.key",
        ["tests/umkm/catalogue/test_curation.py::test_one_look_at_one_picture_is_one_press"],
    ),
    Mutant(
        "a frame above its budget line is proposed", FRAMES_SERVICES,
        "    _check_budget(line, amount)\n    _check_goods(goods)", "    _check_goods(goods)",
        [f"{FRAMES}::test_frame_needs_budget_that_is_there"],
    ),
    Mutant(
        "a cart that cannot be ordered leads to signing in", "orders/carts/views.py",
        'if any(group["blocked"] for group in groups):\n                # Before',
        "if False:\n                # Before",
        ["tests/orders/carts/test_pages.py::"
         "test_a_cart_that_cannot_be_ordered_leads_to_no_order_and_asks_nobody_to_sign_in"],
    ),
    Mutant(
        "a stall is open while its court is closed", "umkm/sellers/hours.py",
        "return own if court is None else [*own, (court.opens_at, court.closes_at)]", "return own",
        ["tests/umkm/sellers/test_hours.py"],
    ),
    Mutant(
        "a list shows stalls of a closed court as open", "umkm/sellers/querysets.py",
        "self.filter(own, Q(food_court__isnull=True) | _court_open_at(hour))", "self.filter(own)",
        ["tests/umkm/sellers/test_hours.py::test_the_database_says_the_same_of_stalls"],
    ),
    Mutant(
        "a key is made for what its person cannot open", "epeken/users/api_keys/services.py",
        "registry.api_scopes_of(actor)", "registry.api_scopes()",
        ["tests/users/test_api_keys.py::test_the_service_refuses_what_the_form_would"],
    ),
    Mutant(
        "a registration that was sent once is discarded", "umkm/verification/retention.py",
        "seller.state != SellerState.DRAFT or seller.cases.exists()", "seller.state != SellerState.DRAFT",
        ["tests/umkm/sellers/test_services.py::test_an_owner_discards_what_was_never_sent"],
    ),
    Mutant(
        "cooked food is recorded as sent days before", "orders/deliveries/policies.py",
        "return None if clock.is_over(first, now) else first", "return None",
        ["tests/orders/deliveries/test_services.py::test_cooked_food_is_recorded_as_sent_when_it_leaves"],
    ),
    Mutant(
        "one invitation writes two letters", "epeken/notifications/services.py",
        "if any(person.is_active and (person.email or not _can_be_muted(kind)) for person in known):", "if False:",
        ["tests/umkm/members/test_members.py::test_nobody_helps_without_their_own_word"],
    ),
    Mutant(
        "an older registration hides the desk of a running shop", "umkm/sellers/policies.py",
        "key=lambda shop: (_PLACES.get(shop.state, len(_PLACES)), shop.pk)", "key=lambda shop: shop.pk",
        ["tests/site/test_several_shops.py::test_an_older_registration_hides_no_running_shop"],
    ),
    Mutant(
        "the desk forgets which shop was named", "umkm/sellers/fetch.py",
        "                request.session[KEPT] = shop.pk\n", "                pass\n",
        ["tests/site/test_several_shops.py::test_every_page_of_the_desk_is_of_the_named_shop_and_stays_with_it"],
    ),
    Mutant(
        "a refused registration is told in the inbox alone", "epeken/notifications/services.py",
        "    if kind in registry.unmutable_notices():\n        return False\n", "",
        ["tests/notifications/test_texts.py::test_what_decides_about_rights_is_texted_and_cannot_be_muted"],
    ),
    Mutant(
        "a new order is texted to who muted it", "epeken/notifications/services.py",
        "        if is_muted(person, notice.kind, EMAIL):\n            return None\n", "",
        ["tests/notifications/test_texts.py"
         "::test_a_new_order_is_texted_to_who_has_no_address_where_the_city_pays_for_it"],
    ),
    Mutant(
        "an emptied number brings lapsed goods back", "umkm/catalogue/services/products.py",
        " or new or product.state != ProductState.PUBLISHED:", " or new:",
        ["tests/umkm/validity/test_watch.py::test_taking_the_number_away_brings_lapsed_goods_back_by_a_curator_only",
         "tests/umkm/validity/test_watch.py::test_a_halal_number_taken_away_brings_no_lapsed_goods_back"],
    ),
    Mutant(
        "packed food is sold without its number", "umkm/catalogue/services/products.py",
        'return name != "pirt_number" or not needs_pirt(product)', "return True",
        ["tests/umkm/validity/test_watch.py"
         "::test_a_number_without_which_goods_may_not_be_sold_is_not_taken_away_before_it_ends"],
    ),
    Mutant(
        "a helper mends a registration", "umkm/sellers/services.py",
        "if not (policies.is_owner(actor, found) or helps):", "if not (policies.can_act_for(actor, found) or helps):",
        ["tests/umkm/sellers/test_pages.py"
         "::test_a_helper_of_a_shop_that_came_back_writes_nothing_of_its_registration"],
    ),
    Mutant(
        "helpers of a shop that left are there when it is back", "orders/departures/services.py",
        "    members.end_helpers(seller, actor, now)\n", "",
        ["tests/orders/departures/test_leave.py::test_nobody_helps_in_a_shop_that_left_nor_when_it_is_back"],
    ),
    Mutant(
        "an idle registration goes before its applicant had the days of the notice", "umkm/verification/retention.py",
        'over("written", since), over("idle_told_at", told))', 'over("written", since))',
        ["tests/umkm/verification/test_retention.py"
         "::test_nothing_goes_before_its_applicant_had_the_days_of_the_notice"],
    ),
    Mutant(
        "what was kept of earlier rounds stays", "umkm/verification/retention.py",
        '        CaseValue.objects.filter(case__seller=seller, field__in=OF_A_PERSON).update(value="")\n', "",
        ["tests/umkm/verification/test_retention.py"
         "::test_a_file_sent_back_and_left_and_a_new_try_left_are_destroyed_with_what_was_kept_of_their_rounds"],
    ),
    Mutant(
        "a tax paper ends without a word", "umkm/validity/services.py",
        "if taxed.valid_until is None or not leaves_none(", "if True or not leaves_none(",
        ["tests/umkm/validity/test_watch.py::test_the_end_of_a_statement_is_announced_like_that_of_a_paper"],
    ),
    Mutant(
        "an end is announced although another paper follows", "umkm/tax_papers/policies.py",
        "return counts and not standing_of(", "return counts or not standing_of(",
        ["tests/umkm/validity/test_watch.py::test_no_end_is_announced_of_what_does_not_count_or_is_followed"],
    ),
    Mutant(
        "another owner takes a denial of a NIK back", "umkm/verification/nik_denials.py",
        "denial = _denials(case, shop).filter(parameters__person_pk=actor.pk).first()",
        "denial = _denials(case, shop).first()",
        ["tests/umkm/verification/test_found_since.py::test_nobody_else_takes_a_denial_back"],
    ),
    Mutant(
        "a denial of a NIK is taken back by turns", "umkm/verification/nik_denials.py",
        "    if _took_back(actor, case):\n        raise", "    if False:\n        raise",
        ["tests/umkm/verification/test_found_since.py"
         "::test_a_denial_is_taken_back_once_and_only_until_the_decision"],
    ),
    Mutant(
        "a denial that was taken back waits for nobody", "umkm/verification/nik_denials.py",
        "    denial.acknowledged_by, denial.acknowledged_at = None, None\n", "",
        ["tests/umkm/verification/test_found_since.py"
         "::test_who_denied_takes_it_back_and_the_verifier_reads_both"],
    ),
    Mutant(
        "a number that is only for being called opens an invitation", "umkm/members/querysets.py",
        "user.sign_in_names", "[user.email, user.phone]",
        ["tests/umkm/members/test_members.py::test_a_number_alone_is_enough_to_be_invited_and_to_answer"],
    ),
    Mutant(
        "invitations taken back send texts without end", "umkm/members/texts.py",
        "        sent < most,", "        True,",
        ["tests/umkm/members/test_members.py::test_texts_to_strangers_end_for_the_day_whatever_is_taken_back"],
    ),
    Mutant(
        "a photo sent again is kept twice", "epeken/core/web/kept_uploads.py",
        "token=token or get_random_string(32)", "token=get_random_string(32)",
        ["tests/core/test_kept_uploads.py::test_sent_again_after_a_lost_answer_it_is_kept_once"],
    ),
    Mutant(
        "a tier begins one step too late", "umkm/catalogue/tiers.py",
        "if tier.from_quantity <= quantity)", "if tier.from_quantity < quantity)",
        [f"{TIERS}::test_the_price_is_that_of_the_tier_reached_in_python_and_in_sql"],
    ),
    Mutant(
        "a quantity price is raised without a curator", "umkm/catalogue/services/products.py",
        "return falls and not any(", "return falls or not any(",
        [f"{TIERS}::test_what_makes_some_quantity_dearer_waits_for_a_curator"],
    ),
    Mutant(
        "the rule lets a quantity price rise by itself", "umkm/automatic/trust.py",
        '"option_2", "tiers", "keeps"', '"option_2", "keeps"',
        ["tests/umkm/automatic/test_rule.py::test_a_higher_quantity_price_waits_for_a_curator"],
    ),
    Mutant(
        "an approval covers another shop by the price of one", "procurement/sourcing/replacements.py",
        "        asked__lte=OuterRef", "        price__lte=OuterRef",
        ["tests/orders/orders/test_price_tiers.py::test_an_approval_covers_another_shop_by_the_price_of_so_many"],
    ),
    Mutant(
        "a schedule keeps the price of another quantity", "procurement/schedules/services.py",
        "                line.price = line.price_now\n", "",
        ["tests/orders/orders/test_price_tiers.py::test_the_dates_of_a_schedule_add_up_to_the_quantity"],
    ),
    Mutant(
        "a copy of a page is never compared with its rows", "umkm/discovery/page_copies.py",
        "        if version_of(copy.shown, clock.today()) != copy.version:", "        if False:",
        ["tests/umkm/discovery/test_page_copies.py::test_what_has_changed_is_gone_from_every_copy"],
    ),
    Mutant(
        "what an owner sold is no part of a version", "umkm/catalogue/versions.py",
        "FROM umkm_turnovermonth WHERE owner_id", "FROM umkm_turnovermonth WHERE 1 = 0 AND owner_id",
        ["tests/umkm/discovery/test_page_copies.py::test_what_has_changed_is_gone_from_every_copy"],
    ),
    Mutant(
        "a page and the version of its rows come of two moments", "umkm/discovery/page_copies.py",
        "ISOLATION LEVEL REPEATABLE READ READ ONLY", "ISOLATION LEVEL READ COMMITTED",
        ["tests/umkm/discovery/test_page_copies.py::test_a_change_while_a_page_is_made_is_not_overlooked"],
    ),
    Mutant(
        "a browser keeps a page with another visitor's token", "umkm/discovery/page_copies.py",
        'request.META["CSRF_COOKIE"].encode() + cart', "cart",
        ["tests/umkm/discovery/test_page_copies.py::test_a_browser_that_has_the_page_is_told_so"],
    ),
    Mutant(
        "a visitor's cart is shown to the next", "umkm/discovery/page_copies.py",
        ".replace(_cart(request), _CART)", "",
        ["tests/umkm/discovery/test_page_copies.py::test_each_visitor_gets_a_token_that_is_theirs"],
    ),
    Mutant(
        "a resident opens papers before they told figures of the NIK", "umkm/assisted/querysets.py",
        "return self.addressed_to(user, now).filter(resident=user.pk)", "return self.addressed_to(user, now)",
        ["tests/umkm/assisted/test_pages.py::test_the_resident_comes_by_a_code_reads_confirms_and_sends"],
    ),
    Mutant(
        "papers a resident confirms are opened without a code", "umkm/verification/views.py",
        "confirms = mine is not None and codes.wrote_code_since(request, actor, mine.handed_over_at)",
        "confirms = mine is not None",
        ["tests/umkm/assisted/test_pages.py::test_the_resident_comes_by_a_code_reads_confirms_and_sends"],
    ),
    Mutant(
        "a word of the table of synonyms is mended", "umkm/discovery/search.py",
        "AND w.word <> ALL(%s::text[])", "AND %s::text[] IS NOT NULL",
        ["tests/umkm/discovery/test_words.py::test_a_word_of_the_table_is_never_mended"],
    ),
    Mutant(
        "letters and digits stay one word where it is looked for", "umkm/discovery/words.py",
        'r"[a-z]+|[0-9]+"', 'r"[a-z0-9]+"', ["tests/umkm/discovery/test_words.py"],
    ),
    Mutant(
        "goods sent again by their shop are not named", "umkm/catalogue/checks.py",
        "if same_name(other.name, product.name)), None)", "if False), None)",
        ["tests/umkm/catalogue/test_curation.py::test_goods_sent_again_by_their_shop_are_named"],
    ),
    Mutant(
        "people of a shop count for it", "umkm/exposure/impressions.py",
        "if card.seller not in own", "if card",
        ["tests/umkm/exposure/test_exposure.py::test_people_of_a_shop_do_not_count_for_it"],
    ),
    Mutant(
        "what was taken from Valkey stays there", "umkm/exposure/buffer.py",
        "pipe.delete(_name(day))", "pipe.exists(_name(day))",
        ["tests/umkm/exposure/test_exposure.py::test_a_page_counts_for_the_shops_of_its_cards_by_their_places"],
    ),
    Mutant(
        "a second shop of an owner has attention of its own", "umkm/exposure/reckoning.py",
        "Seat(seller, category, owner or -seller,", "Seat(seller, category, -seller,",
        ["tests/umkm/exposure/test_standings.py::test_a_second_shop_of_an_owner_gains_nothing"],
    ),
    Mutant(
        "an owner fills a page with goods that are alike", "umkm/discovery/search.py",
        "PARTITION BY band, near, price_group, owner", "PARTITION BY id",
        ["tests/umkm/exposure/test_standings.py::test_a_second_shop_of_an_owner_gains_nothing"],
    ),
]  # fmt: skip
