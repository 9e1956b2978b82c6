"""The steps of a sign-in."""

from typing import Any

from allauth.account import stages


class EmailStage(stages.EmailVerificationStage):
    """An account without an address showed who it is by its number, in the step before this one."""

    def handle(self) -> Any:
        user = self.login.user
        if user is not None and not user.email and user.phone_verified_at is not None:
            return None, True
        return super().handle()
