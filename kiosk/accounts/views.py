"""The pages of accounts: signing in and out, one's own account, and for administrators all of them and what they did."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from kiosk.accounts import operations, passwords, roles, second, signing_in, words
from kiosk.accounts.guard import TOKEN, needs, present, public, require, signed_in, someone
from kiosk.accounts.models import Account
from kiosk.accounts.refusals import SENTENCES, Refused
from kiosk.accounts.roles import Right
from kiosk.transactions import reading, writing
from schedules.core import audit
from schedules.core.clock import utcnow
from schedules.models import Station
from schedules.operations import all_stations

accounts = Blueprint("accounts", __name__, template_folder="templates")
accounts.add_app_template_filter(words.role, "role_name")
accounts.add_app_template_filter(words.action, "action_name")
accounts.add_app_template_filter(words.subject, "subject_name")
accounts.add_app_template_filter(words.in_words)

EVERYWHERE = "*"
MOST_ENTRIES = 200


@accounts.app_errorhandler(Refused)
def _refused(refused: Refused) -> tuple[str, int]:
    """What a form's own page did not show beside the form."""
    return render_template("error.html", sentence=refused.vietnamese), 400


@accounts.get("/sign-in")
@public
def sign_in() -> str | Response:
    if present():
        return redirect(_back(request.args.get("next", "")))
    return render_template("accounts/sign_in.html", page="sign_in", refusal="", name="")


@accounts.post("/sign-in")
@public
def sign_in_now() -> Response | tuple[str, int]:
    given = {name: request.form.get(name, "") for name in ("name", "password", "code")}
    with writing() as database:
        attempt = signing_in.sign_in(database, _key(), **given, now=utcnow())
    if not attempt.token:
        sentence = SENTENCES[attempt.refusal][1]
        return render_template(
            "accounts/sign_in.html", page="sign_in", refusal=sentence, name=given["name"]
        ), 401
    session.clear()  # nothing of whoever sat here before
    session[TOKEN] = attempt.token
    return redirect(_back(request.args.get("next", "")))


@accounts.post("/sign-out")
@public
def sign_out() -> Response:
    with writing() as database:
        signing_in.sign_out(database, session.get(TOKEN, ""), utcnow())
    session.clear()
    return redirect(url_for("accounts.sign_in"))


@accounts.get("/account")
@signed_in
def own() -> str:
    with reading() as database:
        account = operations.get_account(database, someone().name)
        address = second.address(_key(), account) if account.totp_generation and not account.totp_on else ""
        return render_template(
            "accounts/own.html",
            page="own",
            account=account,
            address=address,
            secret=second.secret(_key(), account),
        )


@accounts.post("/account/password")
@signed_in
def change_password() -> Response:
    wanted, again = request.form.get("new", ""), request.form.get("again", "")

    def change(database: Session, account: Account) -> None:
        if not passwords.fits(account.password_hash, request.form.get("present", "")):
            raise Refused("password-wrong")
        if wanted != again:
            raise Refused("password-differs")
        operations.set_password(database, account.name, account, wanted, utcnow())

    return _own(change, "Mật khẩu đã đổi. Xin đăng nhập lại bằng mật khẩu mới.")


@accounts.post("/account/second-step")
@signed_in
def second_step() -> Response:
    name, now = someone().name, utcnow()

    def begin(database: Session, account: Account) -> None:
        operations.begin_second_step(database, account)

    def switch_on(database: Session, account: Account) -> None:
        operations.switch_on_second_step(database, _key(), name, account, request.form.get("code", ""), now)

    def switch_off(database: Session, account: Account) -> None:
        if not passwords.fits(account.password_hash, request.form.get("present", "")):
            raise Refused("password-wrong")
        operations.switch_off_second_step(database, name, account, now)

    steps = {
        "begin": (begin, "Hãy ghi khóa bên dưới vào ứng dụng xác thực, rồi nhập mã để bật."),
        "on": (switch_on, "Đã bật mã xác thực. Từ lần đăng nhập sau cần nhập mã."),
        "off": (switch_off, "Đã tắt mã xác thực."),
    }
    return _own(*steps.get(request.form.get("step", "")) or abort(400))


@accounts.get("/accounts")
@needs(Right.ADMINISTER)
def people() -> str:
    require(Right.ADMINISTER, "")
    now = utcnow()
    with reading() as database:
        found = operations.all_accounts(database)
        locked = {one.name for one in found if signing_in.is_locked(database, one.name, now)}
        return render_template("accounts/people.html", page="people", people=found, locked=locked)


@accounts.post("/accounts")
@needs(Right.ADMINISTER)
def create() -> Response:
    actor = require(Right.ADMINISTER, "").name
    name, full_name, password = (request.form.get(field, "") for field in ("name", "full_name", "password"))
    try:
        with writing() as database:
            operations.create_account(database, actor, name.strip(), full_name, password, utcnow())
    except Refused as refused:
        flash(refused.vietnamese, "bad")
        return redirect(url_for("accounts.people"))
    flash("Đã tạo người dùng. Hãy giao vai trò: khi chưa có vai trò thì chưa làm được gì.")
    return redirect(url_for("accounts.one", name=name.strip()))


@accounts.get("/accounts/<name>")
@needs(Right.ADMINISTER)
def one(name: str) -> str:
    require(Right.ADMINISTER, "")
    now = utcnow()
    with reading() as database:
        account = _named(database, name)
        return render_template(
            "accounts/one.html",
            page="people",
            account=account,
            roles=words.ROLES,
            stations=all_stations(database),
            everywhere=EVERYWHERE,
            locked=signing_in.is_locked(database, name, now),
            did=audit.entries(database, 20, {"subject": f"account {name}"}),
        )


@accounts.post("/accounts/<name>")
@needs(Right.ADMINISTER)
def change(name: str) -> Response:
    actor, now = require(Right.ADMINISTER, "").name, utcnow()
    acts: dict[str, Callable[[Session, Account], None]] = {
        "grant": lambda database, account: operations.grant(database, actor, account, *_role(database), now),
        "withdraw": lambda database, account: operations.withdraw(
            database, actor, account, *_role(database), now
        ),
        "password": lambda database, account: operations.set_password(
            database, actor, account, request.form.get("password", ""), now
        ),
        "close": lambda database, account: operations.close(database, actor, account, now),
        "reopen": lambda database, account: operations.reopen(database, actor, account, now),
        "let-in": lambda database, account: operations.let_in_again(database, actor, account, now),
        "second-step-off": lambda database, account: operations.switch_off_second_step(
            database, actor, account, now
        ),
    }
    act = acts.get(request.form.get("act", "")) or abort(400)
    _told(lambda database: act(database, _named(database, name)), "Đã ghi nhận thay đổi.")
    return redirect(url_for("accounts.one", name=name))


@accounts.get("/audit")
@needs(Right.ADMINISTER)
def audited() -> str:
    require(Right.ADMINISTER, "")
    with reading() as database:
        found = audit.entries(database, MOST_ENTRIES)
        return render_template("accounts/audit.html", page="audit", entries=found, most=MOST_ENTRIES)


def _role(database: Session) -> tuple[str, Station | None]:
    role, key = request.form.get("role", ""), request.form.get("station", "")
    if role not in roles.ROLES:
        raise Refused("role")
    if key == EVERYWHERE:
        return role, None
    found = next((station for station in all_stations(database) if station.key == key), None)
    if found is None:
        raise Refused("station")
    return role, found


def _own(act: Callable[[Session, Account], None], done: str) -> Response:
    name = someone().name
    _told(lambda database: act(database, operations.get_account(database, name)), done)
    return redirect(url_for("accounts.own"))


def _told(act: Callable[[Session], None], done: str) -> None:
    """Do it whole or not at all, and say which on the next page."""
    try:
        with writing() as database:
            act(database)
    except Refused as refused:
        flash(refused.vietnamese, "bad")
    else:
        flash(done)


def _named(database: Session, name: str) -> Account:
    try:
        return operations.get_account(database, name)
    except Refused:
        abort(404)


def _back(where: str) -> str:
    """Where one wanted to go before signing in, if that is a page of ours."""
    parts = urlsplit(where)
    ours = where.startswith("/") and not where.startswith(("//", "/\\")) and not parts.netloc
    return where if ours and where.isprintable() else url_for("home.on_air")


def _key() -> bytes:
    found: bytes = current_app.extensions["second-step-key"]
    return found
