"""``verify`` names the first entry that is not as it was written, whatever was done to it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from hengjian.apps.audit import acting, checkpoints
from hengjian.apps.audit.chain import digest_of
from hengjian.apps.audit.models import Entry, Head
from hengjian.apps.audit.verify import verify
from hengjian.apps.org.access import system_actor
from hengjian.apps.org.models import Unit
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_instant

pytestmark = pytest.mark.django_db
NOW = to_instant(datetime(2024, 6, 5, 10, 0))


@acting.act("test.verify.note", "测试")
def note(actor: acting.Actor, text: str) -> None:
    acting.log(label=text, text=text)


@acting.act("test.verify.found", "测试：设立单位")
def found_a_unit(actor: acting.Actor) -> None:
    acting.log(Unit.objects.create(code="x", name="某院", kind=Unit.Kind.COURT))


@pytest.fixture(autouse=True)
def folder(settings: object, tmp_path: Path) -> Path:
    folder = tmp_path / "checkpoints"
    folder.mkdir()
    settings.AUDIT_CHECKPOINT_DIR = folder  # type: ignore[attr-defined]
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    return folder


@pytest.fixture
def six(folder: Path) -> None:
    for n in range(6):
        note(system_actor("测试", NOW), f"第{n + 1}件")


@pytest.fixture
def burglar(db: None) -> None:
    """Somebody with the database owner's password has taken the triggers away."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_entry_no_update")
            cursor.execute("DROP TRIGGER audit_entry_no_delete")
        else:
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")


def broken() -> tuple[int, str] | None:
    found = verify().broken
    return (found.n, found.reason) if found else None


def test_an_empty_log_is_whole() -> None:
    assert verify().entries == 0
    assert broken() is None


def test_an_untouched_log_is_whole(six: None) -> None:
    checkpoints.write(NOW)
    verdict = verify()
    assert (verdict.entries, verdict.checkpoints, verdict.broken) == (6, 1, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [("payload", "{}"), ("actor_name", "别人"), ("outcome", "denied"), ("algorithm", "sha256"), ("n", 99)],
)
def test_an_edited_entry_is_named(six: None, burglar: None, field: str, value: object) -> None:
    Entry.objects.filter(n=3).update(**{field: value})
    n, _ = broken() or (0, "")
    assert n == 3


def test_an_edit_with_its_digest_computed_anew_is_named(six: None, burglar: None) -> None:
    entry = Entry.objects.get(n=3)
    entry.payload = "{}"
    Entry.objects.filter(n=3).update(payload="{}", digest=digest_of(entry))
    assert broken() == (3, "记录被改动后重算了摘要：后一条记着的是原来的摘要。")


def test_a_removed_entry_is_named(six: None, burglar: None) -> None:
    Entry.objects.filter(n=4).delete()
    assert broken() == (4, "记录被删除：第 3 条之后直接是第 5 条。")


def test_entries_in_another_order_are_named(six: None, burglar: None) -> None:
    Entry.objects.filter(n=2).update(n=90)
    Entry.objects.filter(n=3).update(n=2)
    Entry.objects.filter(n=90).update(n=3)
    n, reason = broken() or (0, "")
    assert n == 2 and "调换" in reason


def test_a_cut_tail_is_seen_by_the_head(six: None, burglar: None) -> None:
    Entry.objects.filter(n__gt=4).delete()
    assert broken() == (5, "末尾被截去：链头记到第 6 条，现只有 4 条。")


def test_a_cut_tail_with_the_head_set_back_is_seen_by_a_checkpoint(six: None, burglar: None) -> None:
    checkpoints.write(NOW)
    Entry.objects.filter(n__gt=4).delete()
    Head.objects.update(n=4, digest=Entry.objects.get(n=4).digest)
    n, reason = broken() or (0, "")
    assert n == 5 and "检查点" in reason


def test_a_log_rewritten_as_a_whole_is_seen_by_a_checkpoint(six: None, burglar: None) -> None:
    checkpoints.write(NOW)
    note(system_actor("测试", NOW), "第7件")
    previous = Entry.objects.get(n=1).digest
    for entry in Entry.objects.filter(n__gt=1).order_by("n"):
        entry.object_label, entry.previous = "改写", previous
        entry.digest = previous = digest_of(entry)
        Entry.objects.filter(n=entry.n).update(
            object_label="改写", previous=entry.previous, digest=entry.digest
        )
    Head.objects.update(digest=previous)
    n, reason = broken() or (0, "")
    assert n == 1 and "第 1 至 6 条" in reason


def test_no_checkpoint_is_written_over_a_log_that_lost_its_last_one(six: None, burglar: None) -> None:
    checkpoints.write(NOW)
    Entry.objects.filter(n__gt=4).delete()
    with pytest.raises(HengjianError, match="截断或改写"):
        checkpoints.write(NOW)


def test_a_checkpoint_is_written_once_a_state(six: None, folder: Path) -> None:
    assert checkpoints.write(NOW) is not None
    assert checkpoints.write(NOW) is None
    assert [point.n for point in checkpoints.stored()] == [6]


def test_an_unreadable_checkpoint_is_an_error_with_its_line(six: None, folder: Path) -> None:
    checkpoints.write(NOW)
    with (folder / "checkpoints-2024-06.jsonl").open("a") as file:
        file.write("{}\n")
    with pytest.raises(HengjianError, match=r"jsonl:2"):
        verify()


def test_the_database_itself_refuses_a_fork(six: None, burglar: None) -> None:
    fork = Entry.objects.get(n=6)
    fork.previous = Entry.objects.get(n=5).previous
    with pytest.raises(IntegrityError):
        Entry.objects.filter(n=6).update(previous=fork.previous, digest=digest_of(fork))


def test_when_the_log_cannot_be_written_nothing_is_changed() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the trigger is written for SQLite")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER full BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        found_a_unit(system_actor("测试", NOW))
    assert not Unit.objects.exists()


def written(folder: Path) -> Path:
    checkpoints.write(NOW)
    return next(folder.glob("checkpoints-*.jsonl"))


def test_a_checkpoint_is_signed_by_this_installation(six: None, folder: Path) -> None:
    written(folder)
    assert checkpoints.newest().is_good
    assert (folder / "checkpoint_key.pub").read_text().startswith("-----BEGIN PUBLIC KEY-----")
    assert "PRIVATE" not in "".join(p.read_text() for p in folder.iterdir())
    assert broken() is None


@pytest.mark.parametrize("forge", ["other digest", "no signature", "foreign signature"])
def test_a_checkpoint_that_somebody_else_wrote_is_found(six: None, folder: Path, forge: str) -> None:
    path = written(folder)
    note(system_actor("测试", NOW), "第七件")
    checkpoints.write(NOW)
    first, second = (json.loads(line) for line in path.read_text().splitlines())
    if forge == "other digest":
        second["digest"] = "0" * 64
    second["signature"] = {"no signature": "", "foreign signature": "AAAA"}.get(forge, second["signature"])
    path.write_text(f"{json.dumps(first)}\n{json.dumps(second)}\n")
    found = broken()
    assert found is not None and found[0] == second["n"] and "签名" in found[1]


def test_checkpoints_from_before_there_were_signatures_still_count(six: None, folder: Path) -> None:
    path = written(folder)
    old = json.loads(path.read_text())
    del old["signature"]
    path.write_text(f"{json.dumps(old)}\n")
    assert broken() is None
    note(system_actor("测试", NOW), "第七件")
    checkpoints.write(NOW)
    assert broken() is None
