"""Workers killed in the middle of their work: which jobs are lost, which take effect twice.

`python -m bench.killed [--orders 50] [--kills 3]`. Each order asks for two documents and its notices; the worker gets
SIGKILL while it works and is started again. Writes to a database of its own; needs REDIS_URL.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import timedelta

from bench import stage


def start(folder: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "celery", "-A", "epeken", "worker", "-B", "-s", f"{folder}/beat", "-c", "2"]
    return subprocess.Popen(
        [*command, "-l", "ERROR"],
        cwd=stage.ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill(worker: subprocess.Popen[bytes]) -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=50)
    parser.add_argument("--kills", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        os.environ["EMAIL_URL"] = "dummymail://"
        stage.setup(own_database=True)
        figures = measure(folder, options.orders, options.kills)
    stage.report("killed", figures)


def measure(folder: str, orders: int, kills: int) -> dict[str, object]:
    from epeken.core import clock
    from epeken.core.models import Job, Upload
    from epeken.notifications.models import NotificationDelivery
    from orders.documents.models import Document
    from tests.factories import orders as make
    from tests.factories import umkm as goods

    Job.objects.waiting().update(done_at=clock.now())
    before, seen, sent = Job.objects.count(), Upload.objects.count(), NotificationDelivery.objects.count()
    office, product = make.make_office(), goods.make_product(price=1_000, on_hand=orders)
    made = [make.make_issued(office, product, quantity=1, delivery=0).pk for _n in range(orders)]
    total = Job.objects.count() - before
    begun = time.monotonic()
    worker = start(folder)
    killed_at = []
    try:
        for number in range(1, kills + 1):
            _until(lambda number=number: Job.objects.waiting().count() <= total - total * number // (kills + 1), 120)
            kill(worker)
            killed_at.append(total - Job.objects.waiting().count())
            worker = start(folder)
        _until(lambda: not Job.objects.waiting().exists(), 300)
    finally:
        kill(worker)
    papers = Document.objects.filter(order_id__in=made)
    letters = NotificationDelivery.objects.order_by("pk")[sent:]
    return {
        "jobs": total,
        "kills_after_jobs": killed_at,
        "seconds": round(time.monotonic() - begun, 1),
        "lost": Job.objects.waiting().count() + papers.filter(made_at__isnull=True).count(),
        "given_up": Job.objects.filter(dead_at__gte=clock.now() - timedelta(hours=1)).count(),
        "papers": papers.count(),
        "papers_written_twice": Upload.objects.count() - seen - papers.count(),
        "letters": len(letters),
        "letters_sent": sum(letter.sent_at is not None for letter in letters),
    }


def _until(done: object, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if callable(done) and done():
            return
        time.sleep(0.1)


if __name__ == "__main__":
    main()
