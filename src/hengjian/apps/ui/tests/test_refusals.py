from __future__ import annotations

from collections.abc import Callable

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from hengjian.apps.org.access import Denied
from hengjian.apps.ui.middleware import RefusalMiddleware
from hengjian.base.errors import HengjianError


def denied(request: HttpRequest) -> HttpResponse:
    raise Denied("您的岗位没有这项权限。")


def stale(request: HttpRequest) -> HttpResponse:
    raise HengjianError("已被他人修改，请刷新。", article="18")


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("bug")


urlpatterns = [path("denied/", denied), path("stale/", stale), path("broken/", broken)]
View = Callable[[HttpRequest], HttpResponse]


def refuse(view: View) -> HttpResponse | None:
    request = RequestFactory().get("/x/", headers={"referer": "http://testserver/before/"})
    try:
        view(request)
    except Exception as error:
        return RefusalMiddleware(view).process_exception(request, error)
    raise AssertionError


def test_a_missing_right_answers_403_with_the_reason() -> None:
    answer = refuse(denied)
    assert answer is not None and answer.status_code == 403
    assert "没有这项权限" in answer.content.decode()


def test_another_refusal_answers_409_with_the_article_and_a_way_back() -> None:
    answer = refuse(stale)
    assert answer is not None and answer.status_code == 409
    html = answer.content.decode()
    assert "已被他人修改" in html and "第十八条" in html and 'href="http://testserver/before/"' in html


def test_a_foreign_referer_is_no_way_back() -> None:
    request = RequestFactory().get("/x/", headers={"referer": "https://evil.invalid/"})
    answer = RefusalMiddleware(stale).process_exception(request, HengjianError("不行。"))
    assert answer is not None and "evil.invalid" not in answer.content.decode()


def test_a_bug_is_not_dressed_up_as_a_refusal() -> None:
    assert refuse(broken) is None


def test_an_unknown_page_says_what_to_do(client: Client) -> None:
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404 and "没有这个页面" in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_a_crash_shows_the_page_without_details() -> None:
    answer = Client(raise_request_exception=False).get("/broken/")
    assert answer.status_code == 500 and "系统出错了" in answer.content.decode()
    assert "bug" not in answer.content.decode()


@pytest.mark.django_db
def test_a_stale_form_is_explained() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"login": "a", "password": "b"})
    assert answer.status_code == 403 and "页面已经过期" in answer.content.decode()


@pytest.mark.django_db
def test_the_login_page_is_ours_and_chinese(client: Client) -> None:
    html = client.get("/accounts/login/").content.decode()
    assert "<h1>登录</h1>" in html and "安全管理员" in html and "Sign" not in html


@pytest.mark.django_db
def test_a_wrong_password_is_summed_up_on_top(client: Client) -> None:
    html = client.post("/accounts/login/", {"login": "a", "password": "b"}).content.decode()
    assert 'id="errors"' in html


def test_an_empty_field_says_what_to_do() -> None:
    class Typed(forms.Form):
        title = forms.CharField()
        kind = forms.ChoiceField(choices=[("a", "甲")])
        file = forms.FileField()

    assert {name: list(told) for name, told in Typed({}).errors.items()} == {
        "title": ["请填写。"],
        "kind": ["请选择。"],
        "file": ["请选择。"],
    }


def test_forms_of_all_apps_say_so_too() -> None:
    from hengjian.apps.bulletins.items.forms import EmergencyForm

    assert EmergencyForm.base_fields["where"].error_messages["required"] == "请填写。"


def only_posts(request: HttpRequest) -> HttpResponse:
    return HttpResponseNotAllowed(["POST"])


def test_an_address_that_only_takes_forms_says_so_instead_of_an_empty_page() -> None:
    answer = RefusalMiddleware(only_posts)(RequestFactory().get("/x/", headers={"accept": "text/html"}))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "请从菜单回到原来的页面再提交一次" in answer.content.decode()


def test_a_machine_gets_the_bare_405() -> None:
    answer = RefusalMiddleware(only_posts)(
        RequestFactory().get("/x/", headers={"accept": "application/json"})
    )
    assert answer.status_code == 405 and not answer.content
