"""A sign-up until its code is written or its letter opened: another text or letter, another number or address."""

import time
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import email_verification
from allauth.account.stages import LoginStage, LoginStageController
from allauth.account.utils import has_verified_email
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from epeken.users import codes
from epeken.users.logins import one_spelling
from epeken.users.stages import EmailStage

TYPED = "sign_up_typed"  # in the session: what was written in a sign-up that waits for its code or letter, and when
KEPT = 30 * 60  # seconds: whoever has the phone later does not read them
LONGEST_PAGE = 300  # characters of its address
WRITTEN = ("name", "phone", "email", "next")  # `next`: the page somebody came for; "" for none of these


def keep_typed(request: HttpRequest, written: Mapping[str, str | None]) -> None:
    """A page too long to be one of ours is left out: a session is no store."""
    kept = {name: written.get(name) or "" for name in WRITTEN}
    if len(kept["next"]) > LONGEST_PAGE:
        kept["next"] = ""
    request.session[TYPED] = {**kept, "at": time.time()}


def typed(request: HttpRequest | None) -> dict[str, str]:
    """What was written; empty where nobody wrote anything lately."""
    found = request.session.get(TYPED) if request is not None else None
    if not found or time.time() - found["at"] > KEPT:
        return {}
    return {name: found.get(name, "") for name in WRITTEN}


def keeping_what_was_typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Signing out empties the session. Who starts a sign-up anew, since number or address was wrong, finds what they
    wrote in the form; a password is never kept."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        kept = {} if request.user.is_authenticated else typed(request)
        response = view(request)
        if kept and request.method == "POST":
            keep_typed(request, kept)
        return response

    return answer


def _sign_up_again(request: HttpRequest) -> str:
    """Out of what was written, and not out of the account: the same whether or not there is a new one."""
    again, target = reverse("account_signup"), typed(request).get("next", "")
    return f"{again}?{urlencode({'next': target})}" if target else again


class _VerifySignUp(account._VerifyPhoneSignupView):  # the library offers no other place
    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """Counted with every other text to the number, whether or not an account has it."""
        if codes.may_be_sent(self.request, self.process.phone):
            return super()._resend_form_valid(form)
        adapter = get_adapter(self.request)
        adapter.add_message(self.request, messages.ERROR, message=adapter.error_messages["rate_limited"])
        page = self.get_context_data(form=self._get_verify_form_class()())
        return self.render_to_response(page, status=429)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "sign_up_again": _sign_up_again(self.request)}


def verify_phone(request: HttpRequest) -> HttpResponse:
    """Of somebody who signs up, or who changes the number of their account."""
    view = account.verify_phone if request.user.is_authenticated else _VerifySignUp.as_view()
    answer: HttpResponse = view(request)
    return answer


class LetterSent(account.EmailVerificationSentView):
    """The page after a letter left. It sends another to the address that waits in this session, and to no other; a
    sign-up with a known address waits like one with an unknown one, and its letter says that there is an account."""

    def _stage(self) -> LoginStage | None:
        return LoginStageController.enter(self.request, EmailStage.key)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        stage = self._stage()
        if stage is None or has_verified_email(stage.login.user, stage.login.email):
            return redirect("account_email_verification_sent")  # which says how to go on
        if email_verification.send_verification_email_at_login(request, stage.login):
            return redirect("account_email_verification_sent")
        adapter = get_adapter(request)
        adapter.add_message(request, messages.ERROR, message=adapter.error_messages["rate_limited"])
        return self.render_to_response(self.get_context_data(), status=429)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        stage = self._stage()
        if stage is None:
            return context
        login = stage.login
        if has_verified_email(login.user, login.email):
            return {**context, "is_confirmed": True}
        address = email_verification.get_address_for_login(login) if login.user is not None else None
        more = {
            "email": one_spelling(address.email if address is not None else login.email or ""),
            "target": typed(self.request).get("next", "") if login.signup else "",
            "sign_up_again": _sign_up_again(self.request) if login.signup else "",
        }
        return {**context, **more}
