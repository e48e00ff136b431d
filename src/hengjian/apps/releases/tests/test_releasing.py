"""From a draft to frozen figures: signatures, one number only, nothing changes afterwards."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree, send_back
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.org.access import Denied
from hengjian.apps.org.models import Appointment, Person, Post
from hengjian.apps.releases import queries
from hengjian.apps.releases.acts import releases as acts
from hengjian.apps.releases.conftest import SINCE, Land
from hengjian.apps.releases.freezing import digest_of
from hengjian.apps.releases.models import Cell, Figure, FrozenError, Release
from hengjian.apps.releases.writing import citation
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db


def test_a_release_is_frozen_by_the_last_signature(land: Land) -> None:
    made = land.release(land.line(), land.line("qing", "321"))
    assert not Figure.objects.exists()
    signed = land.sign(made)
    assert (signed.state, signed.opens_at) == (Release.State.APPROVED, land.at)
    figures = list(Figure.objects.order_by("pk"))
    assert [(f.court.name, f.value, f.revision) for f in figures] == [
        ("江岚省高级人民法院", Decimal("12034"), 1),
        ("清岚县人民法院", Decimal("321"), 1),
    ]
    assert all(f.digest == digest_of(Figure.objects.get(pk=f.pk)) for f in figures)
    assert "院长签发（案件信息的发布）" in figures[0].authority
    assert "《2025年上半年司法统计公报》，2025年7月15日发布" in citation(figures[0])


def test_what_is_frozen_cannot_be_changed_by_any_way(land: Land) -> None:
    land.sign(land.release())
    figure, cell = Figure.objects.get(), Cell.objects.get()
    figure.value = Decimal(1)
    for attempt in (
        figure.save, figure.delete, cell.save, cell.delete,
        lambda: Figure.objects.update(value=1), lambda: Figure.objects.all().delete(),
        lambda: Figure.objects.filter(pk=figure.pk).bulk_update([figure], ["value"]),
    ):  # fmt: skip
        with pytest.raises(FrozenError):
            attempt()
    assert Figure.objects.get().value == 12034
    release = Release.objects.get()
    with pytest.raises(HengjianError, match="不能修改"):
        acts.add_cells(land.actor("stat"), release, version=release.version, lines=[land.line("lan")])


def test_a_second_value_is_refused_and_both_are_named(land: Land) -> None:
    land.sign(land.release())
    other = land.release(land.line("lan", "99"), title="半年分析")
    with pytest.raises(HengjianError, match=r"《2025年上半年司法统计公报》.*12034件，这里是12040件"):
        acts.add_cells(
            land.actor("stat"), other, version=other.version,
            lines=[land.line(written="12040", period="2025-01~2025-06")],
        )  # fmt: skip


def test_the_same_number_may_be_published_again(land: Land) -> None:
    land.sign(land.release())
    again = land.sign(land.release(title="半年分析"))
    assert Figure.objects.count() == 1
    assert again.cells.get().figure == Figure.objects.get()


def test_two_values_in_one_table_are_refused(land: Land) -> None:
    with pytest.raises(HengjianError, match="出现两次：12034件和12035件"):
        land.release(land.line(), land.line(written="12035"))


def test_dimensions_and_periods_are_numbers_of_their_own(land: Land) -> None:
    made = land.release(
        land.line(),
        land.line(written="9000", dims={"案件类型": "民事"}),
        land.line(written="6000", period="2025Q1"),
    )
    land.sign(made)
    assert Figure.objects.count() == 3


def test_a_basic_court_releases_its_own_figures_only(land: Land) -> None:
    with pytest.raises(HengjianError, match="只能发布本院的数"):
        land.release(land.line("wang"), who="qing_stat", house="qing")
    own = land.release(land.line("qing", "321"), who="qing_stat", house="qing")
    land.sign(own, who="qing_stat")
    assert Figure.objects.get().court == land.unit("qing")


def test_nobody_prepares_for_a_court_he_has_no_seat_in(land: Land) -> None:
    for who, house in (("stat", "qing"), ("judge", "qing"), ("wang_stat", "qing"), ("president", "high")):
        with pytest.raises(Denied):
            land.release(land.line(house), who=who, house=house)


def test_the_preparer_does_not_sign_and_two_of_the_office_must(land: Land) -> None:
    made = land.release()
    acts.submit(land.actor("stat"), made, version=made.version)
    course = running.current(made)
    assert course is not None
    with pytest.raises(Denied, match="自己提出"):
        agree(land.actor("stat"), course)
    with pytest.raises(Denied):
        agree(land.actor("president"), course)
    agree(land.actor("stat2"), course)
    send_back(land.actor("stat3"), course, reason="口径不对。")
    made.refresh_from_db()
    assert made.state == Release.State.DRAFT
    assert not Figure.objects.exists()


def test_a_stale_page_and_a_form_sent_twice_change_nothing(land: Land) -> None:
    made = land.release(client_key="same")
    with pytest.raises(acts.StaleRelease):
        acts.add_cells(land.actor("stat"), made, version=1, lines=[land.line("lan")])
    again = acts.draft(
        land.actor("stat"), land.installation, land.unit("high"), client_key="same", title="别的"
    )
    assert again.pk == made.pk


def test_before_its_time_it_may_be_put_off_or_taken_back_afterwards_neither(land: Land) -> None:
    opens = land.at.replace(hour=15)
    signed = land.sign(land.release(opens_at=opens))
    stat = land.actor("stat")
    with pytest.raises(HengjianError, match="只能推迟"):
        acts.postpone(stat, signed, version=signed.version, opens_at=land.at, reason="早一点")
    later = acts.postpone(
        stat, signed, version=signed.version, opens_at=opens.replace(hour=16), reason="改期"
    )
    assert later.opens_at == opens.replace(hour=16)
    acts.withdraw(stat, later, version=later.version, reason="数据有误")
    assert not queries.visible_figures(land.actor("stat", opens.replace(hour=17))).exists()
    fresh = land.sign(land.release(land.line(written="12040")))
    assert fresh.cells.get().figure.revision == 2
    with pytest.raises(HengjianError, match="已经发布的不能撤下"):
        acts.withdraw(stat, fresh, version=fresh.version, reason="后悔")


def test_a_number_kept_back_does_not_come_out_sooner_elsewhere(land: Land) -> None:
    land.sign(land.release(opens_at=land.at.replace(hour=15)))
    with pytest.raises(HengjianError, match="保密到2025-07-15 15:00"):
        land.release(title="抢先一步")
    late = land.release(title="随后", opens_at=land.at.replace(hour=16))
    assert land.sign(late).cells.get().figure_id == Figure.objects.get().pk


def test_the_substitute_signs_what_the_only_statistician_drew_up(land: Land) -> None:
    """A court with one statistician and a substitute: nobody from another court is needed."""
    Appointment.objects.filter(person=land.people["qing_stat2"]).update(seat=Appointment.Seat.B)
    own = land.release(land.line("qing", "321"), who="qing_stat", house="qing")
    other = land.release(land.line("qing", "7", concept="closed"), who="qing_stat", house="qing", title="二")
    acts.submit(land.actor("qing_stat"), own, version=own.version)
    second = land.actor("qing_stat2")
    assert list(queries.visible_releases(second)) == [own], "only what waits for the substitute"
    assert [row.title for row in rows_for(second, land.at)] == [own.called]
    assert land.client("qing_stat2").get(f"/releases/{other.pk}/").status_code == 404
    course = running.current(own)
    assert course is not None
    agree(second, course)
    agree(land.actor("qing_president"), course)
    own.refresh_from_db()
    assert own.state == Release.State.APPROVED
    assert course.steps.first().signatures.get().signed_as.endswith("（替）")  # type: ignore[union-attr]


def test_the_substitute_keeps_out_while_another_holder_is_there(land: Land) -> None:
    post = Post.objects.get(role="statistics", unit=land.unit("qing"))
    Appointment.objects.filter(person=land.people["qing_stat2"]).update(seat=Appointment.Seat.B)
    third = Person.objects.create(name="三数", staff_no="L99", unit=land.unit("qing"))
    Appointment.objects.create(post=post, person=third, valid_from=SINCE)
    own = land.release(land.line("qing", "321"), who="qing_stat", house="qing")
    acts.submit(land.actor("qing_stat"), own, version=own.version)
    course = running.current(own)
    assert course is not None
    with pytest.raises(Denied):
        agree(land.actor("qing_stat2"), course)


def test_a_court_with_one_statistician_only_is_told_so(land: Land) -> None:
    Appointment.objects.filter(person__in=[land.people[key] for key in ("qing_stat2", "lan_stat")]).delete()
    Appointment.objects.filter(post__role="statistics", post__unit=land.unit("high")).delete()
    own = land.release(land.line("qing", "321"), who="qing_stat", house="qing")
    with pytest.raises(HengjianError, match=r"除提出人外.*只有0人"):
        acts.submit(land.actor("qing_stat"), own, version=own.version)
