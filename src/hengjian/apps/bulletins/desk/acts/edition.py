"""Editions: planned by the calendar of the pack, composed, issued, skipped with reason, recalled."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.desk.papers import edition_document
from hengjian.apps.bulletins.desk.permit import attr_list, refusal_to_print
from hengjian.apps.bulletins.facts import record_fact, withdraw_fact
from hengjian.apps.bulletins.models import Edition, EditionEntry, Fact, Item
from hengjian.apps.bulletins.revisions import snapshot
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_local
from hengjian.documents import demand_all_glyphs
from hengjian.policy import Pack
from hengjian.policy.clauses.definition import Term

CYCLES = {kind.value: kind for kind in PeriodKind}


@act("bulletins.edition.plan", "按刊期建立待编刊物")
def plan_editions(actor: Actor, installation: Installation, *, day: date) -> list[Edition]:
    """Make the shells of every periodical series for the cycle that contains ``day``; those there stay."""
    pack = pack_for(installation, actor.at)
    made = []
    for series in pack.vocabulary("series"):
        kind = CYCLES.get(str(series.attrs.get("cycle", "")))
        if kind is None:
            continue
        period = Period.of(day, kind)
        edition, new = Edition.objects.get_or_create(
            installation=installation,
            series=series.key,
            period=str(period),
            defaults={
                "outlet": series.attrs["outlet"],
                "year": period.last.year,
                "title": _title(series, installation),
                "due_on": period.last,
                "recipients": list(attr_list(pack.term("outlet", series.attrs["outlet"]), "audience")),
            },
        )
        if new:
            made.append(edition)
    log(installation, label=f"待编刊物 {day}", made=[str(e) for e in made])
    return made


@act("bulletins.edition.open", "新开一期")
def open_edition(actor: Actor, installation: Installation, *, outlet: str, recipients: list[str]) -> Edition:
    """An issue without a cycle (专报, 增刊): as needed, with recipients of its own where the outlet says so."""
    actor.require(Right.EDITION_MANAGE, installation.unit_id)
    pack = pack_for(installation, actor.at)
    term = pack.term("outlet", outlet)
    if term.attrs.get("per_item_recipients") and not recipients:
        raise HengjianError(f"{term.label}没有固定的报送对象，请选择本期送给谁。", article=term.article)
    audience = recipients if term.attrs.get("per_item_recipients") else list(attr_list(term, "audience"))
    today = to_local(actor.at).date()
    same = Edition.objects.filter(installation=installation, series=outlet, year=today.year)
    edition = Edition.objects.create(
        installation=installation,
        series=outlet,
        outlet=outlet,
        period=f"{today.year}#{same.count() + 1}",
        year=today.year,
        title=f"{installation.unit}信息（{term.label}）",
        due_on=today,
        state=Edition.State.COMPOSING,
        recipients=audience,
    )
    log(edition, recipients=audience)
    return edition


@act("bulletins.edition.put", "编入刊物")
def put_item(actor: Actor, edition: Edition, item: Item, *, section: str = "") -> EditionEntry:
    edition = _being_composed(actor, edition)
    pack = pack_for(edition.installation, actor.at)
    refusal = refusal_to_print(item, edition.outlet, _categories(edition, pack), pack)
    if refusal or item.installation_id != edition.installation_id:
        raise HengjianError(refusal or "这篇信息不属于本单位，不能编入。")
    last = edition.entries.aggregate(last=Max("position"))["last"] or 0
    entry, new = EditionEntry.objects.get_or_create(
        edition=edition, item=item, defaults={"position": last + 1, "section": section}
    )
    _touch(edition, Edition.State.COMPOSING)
    log(edition, item=item, section=section, repeated=not new)
    return entry


@act("bulletins.edition.take", "撤出刊物")
def take_item(actor: Actor, edition: Edition, item: Item) -> None:
    edition = _being_composed(actor, edition)
    removed, _ = edition.entries.filter(item=item).delete()
    if not removed:
        raise HengjianError("这篇信息不在本期里，请刷新页面。")
    _touch(edition, edition.state)
    log(edition, item=item)


@act("bulletins.edition.arrange", "调整篇目顺序")
def arrange(actor: Actor, edition: Edition, *, order: list[int], version: int) -> None:
    """Set the order of entries by their ids; a stale page is refused."""
    edition = _being_composed(actor, edition)
    if edition.version != version:
        raise HengjianError("本期篇目已被别人调整过，请刷新后再排。")
    entries = {entry.pk: entry for entry in edition.entries.all()}
    if sorted(order) != sorted(entries):
        raise HengjianError("提交的篇目与本期不一致，请刷新后再排。")
    for position, pk in enumerate(order, 1):
        entries[pk].position = position
    EditionEntry.objects.bulk_update(entries.values(), ["position"])
    _touch(edition, edition.state)
    log(edition, order=order)


@act("bulletins.edition.remark", "修改编者按")
def remark(actor: Actor, edition: Edition, *, text: str) -> None:
    edition = _being_composed(actor, edition)
    before, edition.editor_note = edition.editor_note, text.strip()
    edition.save(update_fields=["editor_note"])
    _touch(edition, edition.state)
    log(edition, before=before, after=edition.editor_note)


@act("bulletins.edition.issue", "印发刊物")
def issue(actor: Actor, edition: Edition, *, version: int) -> Edition:
    """Number it, freeze the text of every entry, and record the adoption of each item where the series counts."""
    edition = _being_composed(actor, edition)
    if edition.version != version:
        raise HengjianError("本期内容在您打开之后有过改动，请核对预览后再印发。")
    entries = list(edition.entries.select_related("item"))
    if not entries:
        raise HengjianError("本期还没有篇目，不能印发；确实无稿可编请选择“本期停编”并写明理由。")
    pack = pack_for(edition.installation, actor.at)
    for entry in entries:
        refusal = refusal_to_print(entry.item, edition.outlet, _categories(edition, pack), pack)
        if refusal:
            raise HengjianError(refusal)
        entry.revision = snapshot(actor, entry.item, "edition")
        entry.save(update_fields=["revision"])
    edition.number = edition.number or _next_number(edition)
    demand_all_glyphs(edition_document(edition, at=actor.at))
    edition.issued_at, edition.issued_by = actor.at, actor.person
    edition.state = Edition.State.ISSUED
    edition.version += 1
    edition.save()
    if tier := _tier(edition, pack):
        for entry in entries:
            _adopted(actor, edition, entry, tier)
    log(edition, number=edition.number, items=[entry.item_id for entry in entries])
    return edition


@act("bulletins.edition.recall", "撤回已印发的刊物")
def recall(actor: Actor, edition: Edition, *, reason: str) -> Edition:
    """Take an issue back: its adoptions are withdrawn, its number stays with it."""
    actor.require(Right.EDITION_MANAGE, edition.installation.unit_id)
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state != Edition.State.ISSUED:
        raise HengjianError("只有已印发的刊物才能撤回。")
    if not reason.strip():
        raise HengjianError("请写明撤回的理由。")
    for fact in Fact.objects.standing().filter(edition=edition):
        withdraw_fact(actor, fact, reason=f"撤回{edition}：{reason.strip()}")
    edition.issued_at = None
    _touch(edition, Edition.State.COMPOSING)
    log(edition, reason=reason)
    return edition


@act("bulletins.edition.skip", "本期停编")
def skip(actor: Actor, edition: Edition, *, reason: str) -> None:
    """The text says "as a rule": an issue may be left out, with a reason on record."""
    edition = _being_composed(actor, edition)
    if not reason.strip():
        raise HengjianError("请写明本期停编的理由。")
    edition.skip_reason = reason.strip()
    _touch(edition, Edition.State.SKIPPED)
    log(edition, reason=edition.skip_reason)


def _title(series: Term, installation: Installation) -> str:
    """The masthead, and which of its series where that says more."""
    head = masthead(series, installation)
    return head if series.label == head else f"{head}（{series.label}）"


def masthead(series: Term, installation: Installation) -> str:
    return str(series.attrs.get("masthead", "{court}简报")).format(court=installation.unit)


def _being_composed(actor: Actor, edition: Edition) -> Edition:
    actor.require(Right.EDITION_MANAGE, edition.installation.unit_id)
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state == Edition.State.ISSUED:
        raise HengjianError(f"{edition}已经印发，不能再改；需要改动请先撤回。")
    return edition


def _touch(edition: Edition, state: str) -> None:
    edition.state = state
    edition.version += 1
    edition.save(update_fields=["state", "version", "skip_reason", "issued_at"])


def _categories(edition: Edition, pack: Pack) -> list[str]:
    found = [term for term in pack.vocabulary("series") if term.key == edition.series]
    return list(attr_list(found[0], "categories")) if found else []


BULLETIN = "bulletin"


def _tier(edition: Edition, pack: Pack) -> str:
    """What being printed here counts as: the bulletin, or the tier that has the carrier's name; nothing for others."""
    if any(t.key == edition.series and t.attrs.get(BULLETIN) for t in pack.vocabulary("series")):
        return BULLETIN
    tiers = {t.key for t in pack.vocabulary("tier")} if "tier" in pack.vocabularies else set()
    return edition.outlet if edition.outlet in tiers else ""


def _next_number(edition: Edition) -> int:
    same = Edition.objects.filter(
        installation=edition.installation_id, series=edition.series, year=edition.year
    ).select_for_update()
    return max((e.number or 0 for e in same), default=0) + 1


def _adopted(actor: Actor, edition: Edition, entry: EditionEntry, tier: str) -> None:
    record_fact(
        actor,
        installation=edition.installation,
        kind="adopt",
        value=tier,
        item=entry.item,
        edition=edition,
        revision=entry.revision,
        publication=str(edition)[:100],
        happened_at=actor.at,
        client_key=f"edition-{edition.pk}-{edition.version}-{entry.item_id}",
    )
