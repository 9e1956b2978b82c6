"""What orders of a frame gave up is the frame's again, as it is free on its budget line."""

from typing import Any

from django.db import migrations
from django.db.models import F, Sum

from epeken.core import clock


def give_back(apps: Any, schema_editor: Any) -> None:
    """Of a frame in force the budget line reserves it again: as much as is still free there."""
    frames = apps.get_model("procurement", "ApprovalFrame").objects
    lines = apps.get_model("procurement", "BudgetLine").objects
    entries = apps.get_model("procurement", "BudgetEntry").objects
    for frame in frames.filter(drawn__gt=0).order_by("pk"):
        back = frame.drawn - _used(apps, frame.pk)
        line = lines.get(pk=frame.line_id)
        if frame.state == "signed":
            back = min(back, line.pagu - line.reserved - line.committed - line.realised)
        if back <= 0:
            continue
        frames.filter(pk=frame.pk).update(drawn=F("drawn") - back)
        if frame.state == "signed":
            lines.filter(pk=line.pk).update(reserved=F("reserved") + back)
            entries.create(
                line=line, kind="reserve", reserved_delta=back, reserved_after=line.reserved + back,
                committed_after=line.committed, realised_after=line.realised, reference=frame.number,
                note_code="frame_returned", at=clock.now(),
            )  # fmt: skip


def _used(apps: Any, frame_pk: int) -> int:
    """What its requests hold, and its orders bind or have paid."""
    requests = apps.get_model("procurement", "PurchaseRequest").objects.filter(frame=frame_pk)
    held = requests.filter(state__in=("submitted", "approved")).aggregate(sum=Sum("total"))["sum"] or 0
    bound = apps.get_model("orders", "Commitment").objects.filter(order__request__in=requests.filter(state="ordered"))
    return held + (bound.exclude(state="void").aggregate(sum=Sum("amount"))["sum"] or 0)


class Migration(migrations.Migration):
    dependencies = [("orders", "0010_papers_of_part_payments"), ("procurement", "0003_files_taken_out")]
    operations = [migrations.RunPython(give_back, migrations.RunPython.noop)]
