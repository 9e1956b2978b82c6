"""A job is a row first: it survives a dead broker, a killed worker, and being started twice."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from epeken.core import clock, jobs
from epeken.core.jobs import enqueue, job
from epeken.core.models import Counter, Heartbeat, Job
from epeken.core.nudges import Sender


@pytest.fixture
def work() -> Iterator[dict[str, Any]]:
    """Jobs of this test, forgotten afterwards. `fail` makes them raise."""
    state: dict[str, Any] = {"ran": 0, "fail": False}

    @job("uji.write")
    def write(*, pk: int) -> None:
        state["ran"] += 1
        Counter.objects.create(series=f"J{pk}", year=2026)
        if state["fail"]:
            raise RuntimeError("broken")

    @job("uji.call", network=True, max_attempts=2)
    def call(*, pk: int) -> None:
        state["ran"] += 1
        if state["fail"]:
            raise RuntimeError("not reached")

    @job("uji.bundle", alone=True)
    def bundle(*, pk: int) -> None:
        state["ran"] += 1

    yield state
    for name in ("uji.write", "uji.call", "uji.bundle"):
        jobs._registry.pop(name)


@pytest.mark.django_db
class TestEnqueue:
    def test_the_row_belongs_to_the_callers_transaction(self, work: dict[str, Any]) -> None:
        with pytest.raises(RuntimeError), transaction.atomic():
            enqueue("uji.write", pk=1)
            raise RuntimeError
        assert Job.objects.count() == 0

    def test_unknown_names_and_wrong_ids_surface_at_once(self, work: dict[str, Any]) -> None:
        with pytest.raises(LookupError):
            enqueue("uji.none", pk=1)
        with pytest.raises(TypeError):
            enqueue("uji.write", id=1)
        assert Job.objects.count() == 0

    def test_the_same_key_is_one_job(self, work: dict[str, Any]) -> None:
        for _ in range(3):
            enqueue("uji.write", key="once", pk=1)
        assert Job.objects.count() == 1

    def test_a_nudge_goes_out_on_commit_only(
        self, work: dict[str, Any], django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks() as callbacks:
            enqueue("uji.write", pk=1)
        assert len(callbacks) == 1
        with django_capture_on_commit_callbacks() as callbacks:
            enqueue("uji.write", pk=2, due_at=clock.now() + timedelta(hours=1))
        assert callbacks == []

    def test_a_dead_broker_costs_nothing(self, work: dict[str, Any], settings: Any) -> None:
        from epeken.celery import app

        before = app.conf.broker_url
        app.conf.broker_url = "redis://127.0.0.1:1/0"
        try:
            enqueue("uji.write", pk=1)
            Sender().send(Job.objects.get().pk)
        finally:
            app.conf.broker_url = before
        assert jobs.due() == [Job.objects.get().pk]
        assert jobs.run(Job.objects.get().pk)
        assert Job.objects.get().done_at


@pytest.mark.django_db
class TestRun:
    def test_done_is_done(self, work: dict[str, Any]) -> None:
        enqueue("uji.write", pk=1)
        pk = Job.objects.get().pk
        assert jobs.run(pk) is True
        assert jobs.run(pk) is False
        assert work["ran"] == 1

    def test_a_failure_undoes_its_writes_and_waits(self, work: dict[str, Any]) -> None:
        work["fail"] = True
        enqueue("uji.write", pk=1)
        row = Job.objects.get()
        assert jobs.run(row.pk) is False
        row.refresh_from_db()
        assert Counter.objects.count() == 0
        assert row.attempts == 1 and row.done_at is None and row.dead_at is None
        assert row.due_at > clock.now()
        assert "RuntimeError" in row.last_error
        work["fail"] = False
        assert jobs.run(row.pk) is True
        assert Counter.objects.count() == 1

    def test_it_gives_up_after_its_attempts_with_a_reason(self, work: dict[str, Any]) -> None:
        work["fail"] = True
        enqueue("uji.call", pk=1)
        pk = Job.objects.get().pk
        for _ in range(4):
            jobs.run(pk)
        row = Job.objects.get()
        assert work["ran"] == 2
        assert row.dead_at and "not reached" in row.last_error

    def test_a_name_nobody_knows_is_dead_at_once(self, work: dict[str, Any]) -> None:
        now = clock.now()
        row = Job.objects.create(name="uji.gone", arguments={}, created_at=now, due_at=now)
        assert jobs.run(row.pk) is False
        row.refresh_from_db()
        assert row.dead_at and "No job is called" in row.last_error

    def test_costly_jobs_run_one_at_a_time_and_after_the_others(self, work: dict[str, Any]) -> None:
        enqueue("uji.bundle", pk=1)
        enqueue("uji.write", pk=1)
        first, last = jobs.due()
        assert (Job.objects.get(pk=first).name, Job.objects.get(pk=last).name) == ("uji.write", "uji.bundle")
        other = connection.copy()  # another worker is at one
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s, %s)", [jobs._LOCK_SPACE, jobs._ALONE % 2**31])
                assert (jobs.run(last), jobs.run(first), work["ran"]) == (False, True, 1)
                assert Job.objects.get(pk=last).attempts == 0
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [jobs._LOCK_SPACE, jobs._ALONE % 2**31])
        finally:
            other.close()
        assert jobs.run(last) is True

    def test_only_what_is_due_is_swept(self, work: dict[str, Any]) -> None:
        enqueue("uji.write", pk=1)
        enqueue("uji.write", pk=2, due_at=clock.now() + timedelta(minutes=1))
        assert len(jobs.due()) == 1


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_one_job_run_it_once(work: dict[str, Any], together: Callable[..., list[Any]]) -> None:
    enqueue("uji.write", pk=1)
    pk, barrier = Job.objects.get().pk, threading.Barrier(4)

    def try_it(number: int) -> bool:
        barrier.wait()
        return jobs.run(pk)

    assert sorted(together(try_it, 4)) == [False, False, False, True]
    assert Counter.objects.count() == 1


@pytest.mark.django_db
def test_the_heartbeat_is_a_finished_task() -> None:
    from epeken.core.tasks import heartbeat, sweep_jobs

    heartbeat()
    heartbeat()
    assert Heartbeat.objects.get().at <= clock.now()
    sweep_jobs()
