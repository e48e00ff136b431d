"""Faults: list, proposing on an item, one case with reply, decision, withdrawal."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.bulletins.acts.attach import KINDS
from hengjian.apps.bulletins.desk import queries
from hengjian.apps.bulletins.desk.acts import fault as acts
from hengjian.apps.bulletins.desk.acts.exhibit import may_add
from hengjian.apps.bulletins.desk.deciding import may_decide, reply_first, require_decider
from hengjian.apps.bulletins.desk.evidence import keep_evidence
from hengjian.apps.bulletins.desk.fault_rows import fault_rows, listed
from hengjian.apps.bulletins.desk.forms import DecideForm, FaultForm, ReasonForm, ReplyForm, ViolationForm
from hengjian.apps.bulletins.desk.silence import has_violations, silent_units, violation_place
from hengjian.apps.bulletins.desk.words import worded
from hengjian.apps.bulletins.models import FaultCase
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.bulletins.revisions import stage_label
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

SEE = needs(Right.FAULT_PROPOSE, Right.FAULT_DECIDE, Right.POINTS_READ_ALL, Right.ITEM_READ_UNIT)


@SEE
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    found = queries.visible_faults(actor_of(request))
    state = request.GET.get("state", "")
    if state in FaultCase.State.values:
        found = found.filter(state=state)
    actor = actor_of(request)
    shown = Paginator(listed(found), 50).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": fault_rows(worded(shown.object_list, actor.at)),
        "state": state,
        "states": FaultCase.State.choices,
        "proposes": has_violations(actor),
    }
    return page(request, "bulletins/desk/faults.html", context)


@needs(Right.FAULT_PROPOSE)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    item = fetch(visible_items(actor), pk=pk)
    pack = pack_for(item.installation, actor.at)
    initial = {key: request.GET[key] for key in ("kind", "happened_at") if key in request.GET}
    form = FaultForm(request.POST or None, request.FILES or None, pack=pack, item=item, initial=initial)
    hint = None
    if request.method == "POST" and form.is_valid():
        wrong = form.cleaned_data.pop("wrong_text")
        hint = queries.introduced_in(item, wrong) if wrong else None
        if "look" not in request.POST:
            with into_form(form):
                values = form.cleaned_data | {
                    "evidence": keep_evidence(actor, item, form.cleaned_data["evidence"])
                }
                case = acts.propose_fault(actor, item, clock=request.GET.get("clock", "")[:80], **values)
                messages.success(request, "已提出，等待认定；认定成立以后才生效。")
                return redirect("bulletins:fault", pk=case.pk)
    context = {"form": form, "item": item, "hint": hint, "looked": "look" in request.POST}
    return page(request, "bulletins/desk/propose.html", context, form=form)


@needs(Right.FAULT_PROPOSE)
@require_http_methods(["GET", "POST"])
def violation(request: HttpRequest) -> HttpResponse:
    """What left no item behind, with what the office says happened."""
    actor = actor_of(request)
    installation = violation_place(actor)
    initial = {key: request.GET[key] for key in ("kind", "unit", "description") if key in request.GET}
    initial["happened_at"] = to_local(actor.at).replace(second=0, microsecond=0)  # type: ignore[assignment]
    pack = pack_for(installation, actor.at)
    form = ViolationForm(request.POST or None, pack=pack, installation=installation, initial=initial)
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            made = acts.propose_violation(actor, installation, **form.cleaned_data)
            messages.success(request, "已提出，责任部门会收到通知并可以答复。")
            return redirect("bulletins:fault", pk=made.pk)
    return page(request, "bulletins/desk/violation.html", {"form": form}, form=form)


@needs(Right.FAULT_PROPOSE, Right.POINTS_READ_ALL)
@require_GET
def silence(request: HttpRequest) -> HttpResponse:
    """Departments that sent nothing for a whole period and said nothing either."""
    actor = actor_of(request)
    installation = queries.installations_of(actor, Right.FAULT_PROPOSE, Right.POINTS_READ_ALL).first()
    if installation is None:
        raise Missing("您的岗位不负责查看各部门的报送。")
    rows = silent_units(installation, actor.at)
    kinds = [term.key for term in pack_for(installation, actor.at).vocabulary("fault")]
    context = {
        "rows": rows,
        "installation": installation,
        "kind": "silent" if "silent" in kinds else "",
        "proposes": actor.has(Right.FAULT_PROPOSE, installation.unit_id) and has_violations(actor),
    }
    return page(request, "bulletins/desk/silence.html", context)


@SEE
@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    return _page(request, fetch(queries.visible_faults(actor), pk=pk), actor)


@SEE
@require_POST
def answer(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """reply, decide, withdraw."""
    actor = actor_of(request)
    found = fetch(queries.visible_faults(actor), pk=pk)
    if verb == "reply":
        actor.require(Right.APPEAL_FILE, found.unit_id)
    else:
        require_decider(actor, found, pack_for(found.installation, actor.at))
    form = {"reply": ReplyForm, "decide": DecideForm, "withdraw": ReasonForm}[verb](request.POST)
    if form.is_valid():
        with into_form(form):
            _answer(actor, found, verb, form.cleaned_data)
            messages.success(request, "已办理。")
            return redirect("bulletins:fault", pk=pk)
    return _page(request, found, actor, **{verb: form})


def _answer(actor: Actor, found: FaultCase, verb: str, values: dict[str, str]) -> None:
    match verb:
        case "reply":
            acts.reply_fault(actor, found, text=values["text"])
        case "decide":
            acts.decide_fault(
                actor,
                found,
                confirmed=values["verdict"] == "confirmed",
                reason=values["reason"],
                unanswered=bool(values.get("unanswered")),
            )
        case "withdraw":
            acts.withdraw_fault(actor, found, reason=values["reason"])
        case _:
            raise HengjianError("没有这项操作。")


def _page(request: HttpRequest, found: FaultCase, actor: Actor, **bound: object) -> HttpResponse:
    pack = pack_for(found.installation, actor.at)
    open_ = found.state == FaultCase.State.PROPOSED
    own = actor.person is not None and actor.person.pk == found.proposed_by_id
    context: dict[str, object] = {
        "case": found,
        "term": pack.term("fault", found.kind),
        "severity": pack.term("severity", found.value).label if found.value else "",
        "can_reply": open_ and actor.has(Right.APPEAL_FILE, found.unit_id),
        "can_decide": open_ and not own and may_decide(actor, found, pack),
        "reply_first": open_ and reply_first(pack, actor.at),
        "own_proposal": open_ and own,
        "stage": stage_label(found.revision.stage) if found.revision else "",
        "can_withdraw": found.state == FaultCase.State.CONFIRMED and may_decide(actor, found, pack),
        "exhibits": found.exhibits.select_related("added_by"),
        "may_add": may_add(actor, found),
        "accepts": ",".join(KINDS),
        "evidence": found.evidence
        if found.item_id and visible_items(actor).filter(pk=found.item_id).exists()
        else None,
        "reply": ReplyForm(),
        "decide": DecideForm(),
        "withdraw": ReasonForm(),
    }
    form = next(iter(bound.values()), None)
    return page(request, "bulletins/desk/fault.html", context | bound | {"bound": form}, form=form)  # type: ignore[arg-type]
