"""The verbs of an item as pages: a form each, one act each. What was typed survives a refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hengjian.apps.bulletins.acts.amend import amend
from hengjian.apps.bulletins.acts.decide import approve, send_back
from hengjian.apps.bulletins.acts.exclude import exclude, include
from hengjian.apps.bulletins.acts.lane import leave_lane
from hengjian.apps.bulletins.acts.office import receive, return_item
from hengjian.apps.bulletins.acts.propose_late import propose_late
from hengjian.apps.bulletins.acts.retype import retype
from hengjian.apps.bulletins.acts.submit import submit, take_way_out
from hengjian.apps.bulletins.acts.take_back import cancel, restore, withdraw
from hengjian.apps.bulletins.acts.undo import undo
from hengjian.apps.bulletins.drafts import missing
from hengjian.apps.bulletins.items import forms
from hengjian.apps.bulletins.items.context import Opened, next_page, no_clock, open_item
from hengjian.apps.bulletins.items.gate import may_do
from hengjian.apps.bulletins.locking import Stale
from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.gates import signed_in
from hengjian.apps.ui.counts import forget
from hengjian.apps.ui.pages import into_form, page

Make = Callable[..., BaseForm]


@dataclass(frozen=True)
class Doing:
    """How a verb looks: heading, button, the form, the act, what is said afterwards."""

    heading: str
    button: str
    act: Callable[..., Item]
    form: Callable[[Opened, dict[str, Any]], BaseForm]
    said: str
    danger: bool = False
    values: Callable[[Any], dict[str, Any]] = lambda form: form.cleaned_data


def _plain(cls: type[BaseForm]) -> Callable[[Opened, dict[str, Any]], BaseForm]:
    return lambda opened, kwargs: cls(**kwargs)


def _with_pack(cls: type[BaseForm]) -> Callable[[Opened, dict[str, Any]], BaseForm]:
    return lambda opened, kwargs: cls(**kwargs, pack=opened.pack)  # type: ignore[call-arg]


def _submit_form(opened: Opened, kwargs: dict[str, Any]) -> BaseForm:
    return forms.SubmitForm(**kwargs, pack=opened.pack, ways=opened.can.ways)


def _way_out_form(opened: Opened, kwargs: dict[str, Any]) -> BaseForm:
    return forms.WayOutForm(**kwargs, ways=opened.can.ways)


def _marks(form: forms.ReceiveForm) -> dict[str, Any]:
    return {"version": form.cleaned_data["version"], "marks": form.marks()}


DOINGS: dict[str, Doing] = {
    "submit": Doing("报送", "确认报送", submit, _submit_form, "已送出，现为“{state}”。"),
    "withdraw": Doing(
        "收回修改", "收回", withdraw, _plain(forms.OptionalReasonForm), "已收回，修改后请重新报送。"
    ),
    "cancel": Doing("撤回不报", "撤回", cancel, _plain(forms.ReasonForm), "已撤回。", danger=True),
    "restore": Doing("恢复为草稿", "恢复", restore, _plain(forms.VersionForm), "已恢复为草稿。"),
    "approve": Doing("审核同意", "同意", approve, _plain(forms.ApproveForm), "已同意，现为“{state}”。"),
    "send-back": Doing("审核退回", "退回", send_back, _with_pack(forms.SendBackForm), "已退回修改。"),
    "way-out": Doing(
        "按例外程序办理", "办理", take_way_out, _way_out_form, "已按例外程序办理，现为“{state}”。"
    ),
    "amend": Doing("改稿", "保存改稿", amend, _plain(forms.AmendForm), "已保存为新的修订稿。"),
    "retype": Doing("改类型", "保存", retype, _with_pack(forms.RetypeForm), "类型已更改。"),
    "receive": Doing("签收", "签收", receive, _with_pack(forms.ReceiveForm), "已签收。", values=_marks),
    "return": Doing("退回修改", "退回", return_item, _with_pack(forms.ReturnForm), "已退回报送部门。"),
    "undo": Doing(
        "撤销上一步决定", "撤销", undo, _plain(forms.OptionalReasonForm), "已撤销，现为“{state}”。"
    ),
    "exclude": Doing(
        "标明不计入考评", "不计入", exclude, _with_pack(forms.ExcludeForm), "已标明不计入考评，得分随之更正。"
    ),
    "include": Doing(
        "恢复计入考评", "恢复计入", include, _plain(forms.IncludeForm), "已恢复计入考评，得分随之更正。"
    ),
    "leave-lane": Doing(
        "转回一般流程", "转回", leave_lane, _plain(forms.ReasonForm), "已转回一般流程，并退回报送部门。"
    ),
}


@signed_in
@require_http_methods(["GET", "POST"])
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """GET asks, POST acts; a refusal shows the form again with what was typed and what stands now."""
    opened = open_item(request, pk)
    may_do(opened, verb, asking=request.method != "POST")
    doing = DOINGS[verb]
    if request.method != "POST":
        form = doing.form(opened, {"initial": _initial(opened.item, verb)})
        return _ask(request, opened, verb, doing, form)
    form = doing.form(opened, {"data": request.POST})
    if form.is_valid():
        with into_form(form):
            try:
                item = doing.act(opened.actor, opened.item, **doing.values(form))
            except Stale:
                form.data = {**form.data.dict(), "version": Item.objects.get(pk=pk).version}  # type: ignore[attr-defined]
                raise
            forget(opened.actor)
            messages.success(request, _said(item, doing))
            return redirect(next_page(request, reverse("bulletins:item", args=[pk])))
    return _ask(request, open_item(request, pk), verb, doing, form)


def _said(item: Item, doing: Doing) -> str:
    text = f"《{item.title}》{doing.said.format(state=item.get_state_display())}"
    return f"{text}编号 {item.number}。" if item.state == Item.State.FILED and item.number else text


def _initial(item: Item, verb: str) -> dict[str, Any]:
    fields = ("title", "body", "category", "subtype", "importance", "outlet")
    wanted = fields if verb in ("amend", "retype") else ()
    return {"version": item.version, **{name: getattr(item, name) for name in wanted}}


def _ask(request: HttpRequest, opened: Opened, verb: str, doing: Doing, form: BaseForm) -> HttpResponse:
    context: dict[str, object] = {
        "item": opened.item,
        "labels": opened.labels,
        "verb": verb,
        "doing": doing,
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    if verb == "submit":
        context["clocks"] = opened.clocks
        context["findings"] = opened.findings
        context["missing"] = missing(opened.item, opened.pack)
        context["no_clock"] = no_clock(opened.item, opened.pack)
    return page(request, "bulletins/items/do.html", context, form=form)


@signed_in
@require_POST
def late(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a missed limit before the desk."""
    opened = open_item(request, pk)
    propose_late(opened.actor, opened.item, reference=request.POST.get("reference", ""))
    messages.success(request, "已提出迟报，等待认定；认定以前不影响得分。")
    return redirect("bulletins:item", pk=pk)
