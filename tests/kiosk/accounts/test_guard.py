"""What stands before every page: everything is denied unless it is allowed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from people import PASSWORD, person
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from kiosk.accounts.guard import PUBLIC, SIGNED_IN, who_may
from kiosk.accounts.models import SignIn
from kiosk.accounts.roles import ROLES, Right
from kiosk.app import create_app
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.core.settings import Settings

Site = Any

# Every way into the house. A route that is not here fails the test below.
TABLE = """
    GET  /static/<path:filename>   public
    GET  /fonts/<name>             public
    GET  /                         public
    GET  /on-air                   public
    GET  /events                   public
    GET  /kiosk/                   public
    GET  /kiosk/<station>/         public
    GET  /kiosk/<station>/start    public
    GET  /kiosk/<station>/said     public
    GET  /kiosk/<station>/now      public
    GET  /kiosk/<station>/comfort/<name>               public
    GET  /kiosk/<station>/again    public
    GET  /screens/<name>           public
    GET  /screens/<name>/beat      public
    GET  /kiosk/<station>/rules/<code>                 public
    GET  /kiosk/<station>/rules/<code>/<rule>          public
    GET  /kiosk/<station>/rules/<code>/<rule>/aloud    public
    GET  /plan                     see
    GET  /plan/week                see
    GET  /plan/check               see
    GET  /log                      see
    GET  /healthz                  public
    GET  /metrics                  public
    GET  /log.csv                  see
    GET  /log.xlsx                 see
    GET  /language/<code>          public
    GET  /sign-in                  public
    POST /sign-in                  public
    POST /sign-out                 public
    GET  /account                  signed in
    POST /account/password         signed in
    POST /account/second-step      signed in
    GET  /accounts                 administer
    POST /accounts                 administer
    GET  /accounts/<name>          administer
    POST /accounts/<name>          administer
    POST /accounts/<name>/password administer
    GET  /tokens                   administer
    POST /tokens                   administer
    POST /tokens/<name>/withdraw   administer
    GET  /audit                    administer
    GET  /speak                    speak
    GET  /speak/text               speak
    POST /speak/text               speak
    GET  /speak/message/<key>      speak
    POST /speak/message/<key>      speak
    GET  /speak/recording          speak
    POST /speak/recording          speak
    GET  /speak/live               speak
    POST /speak/live               speak
    POST /speak/live/<uuid:id>/sound speak
    POST /speak/live/<uuid:id>/end speak
    POST /control                  stop
    GET  /requests/<id>            see
    GET  /requests/<id>/now        see
    GET  /occurrences/<id>         see
    GET  /occurrences/<id>/now     see
    GET  /health                   see
    GET  /messages                 see
    GET  /messages/new             draft
    POST /messages/new             draft
    GET  /messages/<key>           see
    GET  /messages/<key>/edit      draft
    POST /messages/<key>/edit      draft
    POST /messages/preview         draft
    POST /messages/<key>/approve   approve
    POST /messages/<key>/discard   draft
    POST /messages/<key>/recall    approve
    POST /messages/<key>/listen    see
    GET  /messages/<key>/recording/<language> draft
    POST /messages/<key>/recording/<language> draft
    GET  /messages/<key>/versions/<int:number> see
    GET  /schedules                see
    GET  /schedules/new            draft
    POST /schedules/new            draft
    GET  /schedules/<key>          see
    GET  /schedules/<key>/edit     draft
    POST /schedules/<key>/edit     draft
    POST /schedules/preview        draft
    POST /schedules/<key>/approve  approve
    POST /schedules/<key>/discard  draft
    POST /schedules/<key>/recall   approve
    GET  /schedules/<key>/versions/<int:number> see
    GET  /log/<id>/sound           see
    GET  /sounds/<key>             see
    GET  /sounds/<key>.wav         see
    POST /sounds/<key>/consent     approve
    GET  /stations                 see
    GET  /stations/<station>       see
    GET  /stations/<station>/zones/<zone>      configure
    POST /stations/<station>/zones/<zone>      configure
    POST /stations/<station>/zones/<zone>/mute stop
    POST /stations/<station>/zones/<zone>/test speak
    GET  /stations/<station>/calendar          see
    POST /stations/<station>/calendar          configure
    POST /stations/<station>/calendar/remove   configure
    POST /kiosk/<station>/feedback           public
    GET  /kiosk/<station>/feedback/about     public
    POST /kiosk/<station>/feedback/about     public
    GET  /kiosk/<station>/feedback/rule      public
    GET  /kiosk/<station>/feedback/tell      public
    POST /kiosk/<station>/feedback/tell      public
    GET  /kiosk/<station>/feedback/lawful    public
    GET  /kiosk/<station>/feedback/contact   public
    POST /kiosk/<station>/feedback/contact   public
    GET  /kiosk/<station>/feedback/done      public
    GET  /kiosk/<station>/feedback/help      public
    POST /kiosk/<station>/feedback/help      public
    GET  /g/<code>                           public
    GET  /kiosk/<station>/follow             public
    POST /kiosk/<station>/follow             public
    GET  /kiosk/<station>/follow/one         public
    POST /kiosk/<station>/follow/reply       public
    POST /kiosk/<station>/follow/rate        public
    GET  /kiosk/<station>/follow/files/<id>  public
    GET  /kiosk/<station>/follow/data        public
    POST /kiosk/<station>/follow/data        public
    GET  /kiosk/<station>/follow/data.json   public
    GET  /kiosk/<station>/follow/deleted     public
    GET  /cases                    handle
    GET  /cases/find               handle
    GET  /cases/<id>               handle
    POST /cases/<id>               handle
    POST /cases/<id>/contact       handle
    GET  /cases/<id>/files/<file>  handle
    GET  /cases/replies            handle
    POST /cases/replies            handle
    GET  /cases/figures            handle
    GET  /cases/figures.csv        handle
    GET  /cases/figures.xlsx       handle
    POST /kiosk/<station>/feedback/voice      public
    GET  /kiosk/<station>/feedback/voice      public
    GET  /kiosk/<station>/good-examples       public
    GET  /kiosk/<station>/good-examples/<id>  public
    GET  /good-examples            handle
    GET  /good-examples/new        handle
    POST /good-examples/new        handle
    GET  /good-examples/<id>       handle
    POST /good-examples/<id>       handle
    GET  /api/v1/openapi.json      public
    GET  /api/v1/messages/<key>/draft   see
    PUT  /api/v1/messages/<key>/draft   draft
    POST /api/v1/messages/<key>/approve   approve
    POST /api/v1/messages/<key>/discard   draft
    POST /api/v1/messages/<key>/recall   approve
    GET  /api/v1/schedules/<key>/draft   see
    PUT  /api/v1/schedules/<key>/draft   draft
    POST /api/v1/schedules/<key>/approve   approve
    POST /api/v1/schedules/<key>/discard   draft
    POST /api/v1/schedules/<key>/recall   approve
    GET  /api/v1/schedules   see
    GET  /api/v1/faults      see
    GET  /api/v1/stations/<station>/zones/<zone>     configure
    PUT  /api/v1/stations/<station>/zones/<zone>     configure
    GET  /api/v1/stations/<station>/calendar         see
    POST /api/v1/stations/<station>/calendar         configure
    DELETE /api/v1/stations/<station>/calendar/<uuid:id>  configure
    GET  /api/v1/schedules/<key>   see
    POST /api/v1/schedules/<key>/foresight   draft
    GET  /api/v1/stations          see
    GET  /api/v1/messages          see
    GET  /api/v1/messages/<key>    see
    GET  /api/v1/plan              see
    GET  /api/v1/on-air            see
    GET  /api/v1/log               see
    POST /api/v1/preview           speak
    PUT  /api/v1/announcements/<uuid:id> speak
    POST /api/v1/stop              stop
    POST /api/v1/mute              stop
    POST /api/v1/unmute            stop
    GET  /api/v1/health            see
    GET  /api/v1/audit             administer
    GET  /api/v1/plan/week         see
    GET  /api/v1/plan/check        see
    GET  /api/v1/drafts            see
    GET  /api/v1/messages/<key>/versions    see
    GET  /api/v1/schedules/<key>/versions   see
    GET  /api/v1/requests/<uuid:id>         see
    GET  /api/v1/occurrences/<uuid:id>      see
    DELETE /api/v1/announcements/<uuid:id>  stop
    PUT  /api/v1/stations/<station>/zones/<zone>/tests/<uuid:id>  speak
    POST /api/v1/stations/<station>/zones/<zone>/effect  configure
    POST /api/v1/stations/<station>/calendar/effect      configure
    POST /api/v1/recordings        see
    POST /api/v1/sounds            see
    POST /api/v1/messages/<key>/sound       draft
    GET  /api/v1/sounds/<key>      see
    GET  /api/v1/sounds/<key>/wav  see
    POST /api/v1/sounds/<key>/consent       approve
    GET  /api/v1/accounts          administer
    POST /api/v1/accounts          administer
    GET  /api/v1/accounts/<name>   administer
    POST /api/v1/accounts/<name>/grant      administer
    POST /api/v1/accounts/<name>/withdraw   administer
    POST /api/v1/accounts/<name>/password   administer
    POST /api/v1/accounts/<name>/close      administer
    POST /api/v1/accounts/<name>/reopen     administer
    POST /api/v1/accounts/<name>/let-in     administer
    POST /api/v1/accounts/<name>/second-step-off  administer
    GET  /api/v1/tokens            administer
    POST /api/v1/tokens            administer
    DELETE /api/v1/tokens/<name>   administer
"""
ROUTES = [tuple(line.split(maxsplit=2)) for line in TABLE.strip().splitlines()]
CLOSED = [route for route in ROUTES if route[2] != PUBLIC]


def path(rule: str) -> str:
    given = {
        "<name>": "admin",
        "<key>": "xep-hang",
        "<id>": "019346b5-0000-7000-8000-000000000000",
        "<station>": "ga-thu",
        "<zone>": "sanh",
        "<int:number>": "1",
        "<language>": "vi",
        "<uuid:id>": "019346b5-0000-7000-8000-000000000000",
    }
    for blank, value in given.items():
        rule = rule.replace(blank, value)
    return rule


def test_the_table_names_every_route_and_who_may_use_it(site: Site) -> None:
    found = {
        (method, rule.rule, str(who_may(site.app.view_functions[rule.endpoint])))
        for rule in site.app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert found == set(ROUTES)


def allowed(role: str, wanted: str) -> bool:
    return wanted in (PUBLIC, SIGNED_IN) or Right(wanted) in ROLES.get(role, ())


@pytest.mark.parametrize("role", ["", *ROLES])
def test_each_role_gets_just_where_the_table_lets_it(site: Site, role: str) -> None:
    browser = site.signed_in("someone", role)
    token = browser.token("/account")
    for method, rule, wanted in CLOSED:
        answer = browser.client.open(
            path(rule), method=method, base_url="https://loaga.test", data={"csrf_token": token}
        )
        assert (answer.status_code != 403) == allowed(role, wanted), (method, rule)


@pytest.mark.parametrize("method, rule, wanted", CLOSED)
def test_who_is_not_signed_in_gets_nowhere(site: Site, method: str, rule: str, wanted: str) -> None:
    browser = site.browser()
    data = {"csrf_token": browser.token("/sign-in")}
    answer = browser.client.open(path(rule), method=method, base_url="https://loaga.test", data=data)
    if rule.startswith("/api/"):
        assert answer.status_code == 401
        assert answer.json["error"]["code"] == "unauthenticated"
    elif method == "GET":
        assert answer.status_code == 302
        assert answer.location.startswith("/sign-in?next=")
    else:
        assert answer.status_code == 403
        assert "Phiên đăng nhập đã hết. Chưa có gì thay đổi." in answer.text


def test_an_administrator_of_one_station_does_not_administer_people(site: Site) -> None:
    browser = site.signed_in("lan", "administrator", site.station)
    assert browser.get("/accounts").status_code == 403


def test_a_view_that_says_nothing_is_closed_to_everybody(site: Site) -> None:
    site.app._got_first_request = False
    site.app.add_url_rule("/forgotten", view_func=lambda: "secret")
    assert site.admin.get("/forgotten").status_code == 403


@pytest.mark.parametrize("method, rule, wanted", [route for route in ROUTES if route[0] != "GET"])
def test_a_form_that_another_site_sends_does_nothing(site: Site, method: str, rule: str, wanted: str) -> None:
    for data in ({}, {"csrf_token": "made-up"}, {"csrf_token": site.browser().token("/sign-in")}):
        answer = site.admin.client.open(path(rule), method=method, base_url="https://loaga.test", data=data)
        assert answer.status_code == 400
        assert "Chưa có gì thay đổi" in answer.text
    assert site.admin.get("/account").status_code == 200


@pytest.mark.parametrize("cookie", ["", "made-up", "eyJ0b2tlbiI6ImFkbWluIn0.aaaa.bbbb", "x" * 4000])
def test_a_forged_cookie_is_nobodys(site: Site, cookie: str) -> None:
    browser = site.browser()
    browser.client.set_cookie("__Host-loaga", cookie, domain="loaga.test", secure=True)
    assert browser.get("/account").status_code == 302


def test_a_cookie_of_another_station_opens_nothing_here(site: Site, tmp_path_factory: Any) -> None:
    home = tmp_path_factory.mktemp("other")
    other = Database.of_home(home)
    other.migrate()
    person(other, "admin", "administrator")
    client = create_app(Settings(home), other).test_client()
    stranger = type(site.admin)(client)
    stranger.sign_in("admin")
    cookie = client.get_cookie("__Host-loaga", domain="loaga.test")
    assert cookie
    browser = site.browser()
    browser.client.set_cookie("__Host-loaga", cookie.value, domain="loaga.test", secure=True)
    assert browser.get("/account").status_code == 302
    other.close()


def test_the_cookie_is_for_https_and_for_no_script(site: Site) -> None:
    browser = site.browser()
    person(site.database, "lan")
    cookies = browser.sign_in("lan").headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {"__Host-loaga", "__Host-loaga-device"}
    for cookie in cookies:
        for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert f"; {word}" in cookie
        assert "Domain" not in cookie


def test_public_pages_set_no_cookie(site: Site) -> None:
    for page in (
        "/",
        "/on-air",
        "/healthz",
        f"/kiosk/{site.station}/",
        f"/kiosk/{site.station}/rules/cong-cong",
    ):
        assert "Set-Cookie" not in site.browser().get(page).headers, page


def test_a_page_made_for_somebody_is_kept_by_no_browser(site: Site) -> None:
    assert site.admin.get("/account").headers["Cache-Control"] == "no-store"
    assert site.admin.get("/").headers["Cache-Control"] == "no-store"
    assert site.browser().get("/").headers["Cache-Control"] == "no-cache"
    assert "no-store" not in site.admin.get("/static/console.css").headers["Cache-Control"]


def test_a_database_that_is_busy_keeps_nobody_from_reading(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site.database.write() as session:
        session.execute(update(SignIn).values(seen_at=utcnow() - timedelta(minutes=5)))

    def busy(*_: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr("kiosk.accounts.guard.seen", busy)
    assert site.admin.get("/account").status_code == 200


def test_a_page_that_fails_for_want_of_the_database_says_so(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("disk I/O error"))

    monkeypatch.setattr("kiosk.accounts.guard.person", broken)
    answer = site.admin.get("/account")
    assert answer.status_code == 500
    assert "Trang này đang gặp lỗi." in answer.text


def test_being_signed_in_is_noted_and_ends_after_half_an_hour_of_nothing(site: Site) -> None:
    def seen_ago(minutes: int) -> None:
        with site.database.write() as session:
            session.execute(update(SignIn).values(seen_at=utcnow() - timedelta(minutes=minutes)))

    seen_ago(20)
    assert site.admin.get("/account").status_code == 200
    with site.database.read() as session:
        assert utcnow() - session.scalars(select(SignIn.seen_at)).one() < timedelta(minutes=5)
    seen_ago(31)
    assert site.admin.get("/account").status_code == 302


def test_on_plain_http_the_cookie_is_an_ordinary_one_where_a_technician_says_so(site: Site) -> None:
    app = create_app(Settings(site.home, {"web.secure_cookies": False}), site.database)
    browser = type(site.admin)(app.test_client())
    cookies = browser.sign_in("admin", PASSWORD).headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {"loaga", "loaga-device"}
    assert not any("Secure" in cookie for cookie in cookies)
