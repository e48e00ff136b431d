"""核对数字: a file or a pasted text in, every figure of it against the register. Nothing is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from hengjian.apps.org.gates import signed_in
from hengjian.apps.releases.checking import Checked, check_text
from hengjian.apps.releases.desk import Desk
from hengjian.apps.releases.forms import CheckForm
from hengjian.apps.releases.showing import COLUMNS, MARKS, pieces, rows, told
from hengjian.apps.releases.views.common import desk, uploaded
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.errors import HengjianError
from hengjian.documents.intake import read_any_text
from hengjian.documents.sheets import write_csv

HEADS = ("行", "文中", "结论", "登记", "相差", "法院", "期间", "概念", "维度", "说明")


@require_http_methods(["GET", "POST"])
@signed_in
def check(request: HttpRequest) -> HttpResponse:
    place = desk(request)
    posted = request.method == "POST"
    form = CheckForm(request.POST, request.FILES, desk=place) if posted else CheckForm(desk=place)
    checked = None
    if posted and form.is_valid():
        with into_form(form):
            checked = _checked(place, form)
    if checked is not None and form.cleaned_data["csv"]:
        return _csv(checked)
    context: dict[str, object] = {"form": form, "checked": checked}
    if checked is not None:
        found = zip(
            rows(checked, labels=True),
            checked.findings,
            [MARKS[f.verdict] for f in checked.findings],
            strict=True,
        )
        context |= {"pieces": pieces(checked), "rows": list(found), "told": told(checked.findings)}
    return page(request, "releases/check.html", context, form=form)


def _checked(place: Desk, form: CheckForm) -> Checked:
    file, text = form.cleaned_data["file"], form.cleaned_data["text"]
    if file:
        text = read_any_text(uploaded(file), name=file.name)
    if not text.strip():
        raise HengjianError("请上传文件，或者粘贴文字。")
    return check_text(place.actor, text, court=form.cleaned_data["court"], year=form.cleaned_data["year"])


def _csv(checked: Checked) -> HttpResponse:
    body = [[str(row[name]) for name in COLUMNS] for row in rows(checked, labels=True)]
    response = HttpResponse(write_csv(HEADS, body), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="check.csv"'
    return response
