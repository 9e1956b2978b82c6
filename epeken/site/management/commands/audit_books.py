"""`manage.py audit_books`: every invariant, the offending rows, and an exit status a cron job understands."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from epeken.site.audit import checks


class Command(BaseCommand):
    help = "Check stock, budget, cap, sums, events and files against each other; exit 1 when anything disagrees."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        results = list(checks.run())
        wrong = sum(len(result.findings) for result in results)
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(results), ensure_ascii=False))
        else:
            self._print(results, wrong)
        if wrong:
            raise SystemExit(1)

    def _print(self, results: list[checks.AuditResult], wrong: int) -> None:
        for result in results:
            check = result.check
            word = self.style.ERROR(f"{len(result.findings)} wrong") if result.findings else self.style.SUCCESS("ok")
            self.stdout.write(f"{check.number}  {check.code:18} {word}  {check.title} ({result.milliseconds:.0f} ms)")
            for finding in result.findings[: checks.SHOWN]:
                self.stdout.write(f"     {finding.what}: {finding.detail}")
            more = len(result.findings) - checks.SHOWN
            if more > 0:
                self.stdout.write(f"     … and {more} more")
        total = sum(result.milliseconds for result in results)
        verdict = f"{wrong} rows disagree." if wrong else "The books agree."
        self.stdout.write(f"{verdict} {len(results)} checks, {total:.0f} ms.")


def _as_data(results: list[checks.AuditResult]) -> dict[str, Any]:
    return {
        "ok": not any(result.findings for result in results),
        "checks": [
            {
                "invariant": result.check.number,
                "code": result.check.code,
                "milliseconds": round(result.milliseconds, 1),
                "findings": [{"what": f.what, "detail": f.detail} for f in result.findings],
            }
            for result in results
        ],
    }
