"""The pages of accounts: signing in and out, one's own account, and for administrators all of them and what they did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.wrappers import Response

from kiosk import qr
from kiosk.accounts import device, kept, operations, passwords, roles, second, signing_in, words
from kiosk.accounts.guard import TOKEN, SignedOut, needs, present, public, require, signed_in, someone
from kiosk.accounts.kept import Kept, never_kept
from kiosk.accounts.models import Account
from kiosk.accounts.refusals import Refused, sentence_of
from kiosk.accounts.roles import Right
from kiosk.language.chosen import forget_all_but_language
from kiosk.language.words import Table, gettext
from kiosk.returning import opened, own_page, this_page
from kiosk.transactions import database, reading, writing
from schedules.core import audit
from schedules.core.clock import utcnow
from schedules.models import Station
from schedules.operations import all_stations

accounts = Blueprint("accounts", __name__, template_folder="templates")
accounts.add_app_template_filter(words.role, "role_name")
accounts.add_app_template_filter(words.action, "action_name")
accounts.add_app_template_filter(words.subject, "subject_name")
accounts.add_app_template_filter(words.in_words)

Act = Callable[[Session, Account], None]

EVERYWHERE = "*"
MOST_ENTRIES = 200
NUMBER = re.compile("[0-9]{1,18}")
SIGN_INS = ("signed in", "signed out")


@accounts.app_errorhandler(Refused)
def _refused(refused: Refused) -> tuple[str, int]:
    """What a form's own page did not show beside the form."""
    return render_template("error.html", sentence=sentence_of(refused.code)), 400


@accounts.app_errorhandler(SignedOut)
def _signed_out(_: SignedOut) -> Response:
    sentence = gettext("Phiên đăng nhập đã hết. Chưa có gì thay đổi.")
    return _sign_in_page(sentence, 403, this_page(), kept.from_request())


@accounts.app_errorhandler(CSRFError)
def _too_old(error: CSRFError) -> HTTPException | ResponseReturnValue:
    """A page from before one signed in anew. What another site sends gets the usual refusal."""
    form = kept.from_request()
    if form is None:
        return current_app.handle_http_exception(BadRequest(error.description))
    sentence = gettext("Trang vừa gửi đã mở từ trước lần đăng nhập này. Chưa có gì thay đổi.")
    if present():
        return _send_on_page(sentence, 400, form)
    return _sign_in_page(sentence, 400, opened(form.address), form)


@accounts.get("/sign-in")
@public
def sign_in() -> Response:
    if present():
        return redirect(own_page(request.args.get("next", "")))
    return _sign_in_page("", 200, request.args.get("next", ""), None)


@accounts.post("/sign-in")
@public
def sign_in_now() -> Response:
    given = {name: request.form.get(name, "") for name in ("name", "password", "code")}
    name, form, go = signing_in.plain_name(given["name"]), kept.carried(), request.args.get("next", "")
    where = {"former": cookie.get(TOKEN, ""), "device": device.marked_for(name)}
    attempt = signing_in.sign_in(database(), _key(), **given, now=utcnow(), limits=_limits(), **where)
    if not attempt.token:
        return _sign_in_page(sentence_of(attempt.refusal), 401, go, form, given["name"])
    forget_all_but_language()
    cookie[TOKEN] = attempt.token
    if attempt.must_choose:
        response: Response = redirect(url_for("accounts.own"))
    else:
        response = _send_on_page("", 200, form) if form else redirect(own_page(go))
    device.mark(response, name)
    return response


@accounts.post("/sign-out")
@public
def sign_out() -> Response:
    with writing() as session:
        signing_in.sign_out(session, cookie.get(TOKEN, ""), utcnow())
    forget_all_but_language()
    return redirect(url_for("accounts.sign_in"))


@accounts.get("/account")
@signed_in
def own() -> str:
    with reading() as session:
        account = operations.get_account(session, someone().name)
        address = second.address(_key(), account) if account.totp_generation and not account.totp_on else ""
        return render_template(
            "accounts/own.html",
            page="own",
            account=account,
            code=qr.drawn(address) if address else "",
            secret=second.secret(_key(), account),
        )


@accounts.post("/account/password")
@signed_in
@never_kept
def change_password() -> Response:
    name, wanted = someone().name, request.form.get("new", "")
    with _told(gettext("Mật khẩu đã đổi. Xin đăng nhập lại bằng mật khẩu mới.")):
        _require_password()
        if wanted != request.form.get("again", ""):
            raise Refused("password-differs")
        new = passwords.chosen(wanted, name)
        if passwords.fits(new, request.form.get("present", "")):
            raise Refused("password-same")
        with writing() as session:
            operations.set_password(session, name, operations.get_account(session, name), new, utcnow())
    return redirect(url_for("accounts.own"))


STEPS = Table(
    {
        "begin": "Hãy quét mã bên dưới bằng ứng dụng xác thực, rồi nhập mã 6 số để bật.",
        "on": "Đã bật mã xác thực. Từ lần đăng nhập sau cần nhập mã; những nơi khác đã được đăng xuất.",
        "off": "Đã tắt mã xác thực.",
    }
)


@accounts.post("/account/second-step")
@signed_in
@never_kept
def second_step() -> Response:
    name, now, step = someone().name, utcnow(), request.form.get("step", "")
    with _told(STEPS.get(step) or abort(400)):
        if step == "off":
            _require_password()
        with writing() as session:
            account = operations.get_account(session, name)
            if step == "begin":
                operations.begin_second_step(session, account)
            elif step == "on":
                code = request.form.get("code", "")
                operations.switch_on_second_step(session, _key(), name, account, code, now)
                signing_in.end_sign_ins(session, account, but=cookie.get(TOKEN, ""))
            else:
                operations.switch_off_second_step(session, name, account, now)
    return redirect(url_for("accounts.own"))


@accounts.get("/accounts")
@needs(Right.ADMINISTER)
def people() -> str:
    require(Right.ADMINISTER, "")
    return _people()


def _people(mistake: str = "") -> str:
    """With what was typed, where it was refused."""
    with reading() as session:
        return render_template(
            "accounts/people.html",
            page="people",
            people=operations.all_accounts(session),
            locked=signing_in.locked(session, utcnow()),
            mistake=mistake,
            typed=request.form,
        )


@accounts.post("/accounts")
@needs(Right.ADMINISTER)
@never_kept
def create() -> Response | tuple[str, int]:
    actor = require(Right.ADMINISTER, "").name
    name, full_name, password = (request.form.get(field, "") for field in ("name", "full_name", "password"))
    try:
        new = passwords.chosen(password, name.strip())
        with writing() as session:
            operations.create_account(session, actor, name.strip(), full_name, new, utcnow(), given=True)
    except Refused as refused:
        return _people(sentence_of(refused.code)), 400
    flash(gettext("Đã tạo người dùng. Hãy giao vai trò: khi chưa có vai trò thì chưa làm được gì."))
    return redirect(url_for("accounts.one", name=name.strip()))


@accounts.get("/accounts/<name>")
@needs(Right.ADMINISTER)
def one(name: str) -> str:
    require(Right.ADMINISTER, "")
    now = utcnow()
    with reading() as session:
        account = _named(session, name)
        return render_template(
            "accounts/one.html",
            page="people",
            account=account,
            roles=words.ROLES,
            stations=all_stations(session),
            everywhere=EVERYWHERE,
            locked=name in signing_in.locked(session, now),
            did=audit.entries(session, 20, {"subject": f"account {name}"}),
        )


@accounts.post("/accounts/<name>")
@needs(Right.ADMINISTER)
def change(name: str) -> Response:
    actor, now = require(Right.ADMINISTER, "").name, utcnow()
    acts: dict[str, Act] = {
        "grant": lambda session, account: operations.grant(
            session, actor, account, *role_wanted(session), now
        ),
        "withdraw": lambda session, account: operations.withdraw(
            session, actor, account, *role_wanted(session), now
        ),
        "close": lambda session, account: operations.close(session, actor, account, now),
        "reopen": lambda session, account: operations.reopen(session, actor, account, now),
        "let-in": lambda session, account: operations.let_in_again(session, actor, account, now),
        "second-step-off": lambda session, account: operations.switch_off_second_step(
            session, actor, account, now
        ),
    }
    act = acts.get(request.form.get("act", "")) or abort(400)
    with _told(gettext("Đã ghi nhận thay đổi.")), writing() as session:
        act(session, _named(session, name))
    return redirect(url_for("accounts.one", name=name))


@accounts.post("/accounts/<name>/password")
@needs(Right.ADMINISTER)
@never_kept
def set_password(name: str) -> Response:
    actor = require(Right.ADMINISTER, "").name
    with _told(gettext("Đã ghi nhận thay đổi.")):
        new = passwords.chosen(request.form.get("password", ""), name)
        with writing() as session:
            operations.set_password(session, actor, _named(session, name), new, utcnow(), given=actor != name)
    return redirect(url_for("accounts.one", name=name))


@accounts.get("/audit")
@needs(Right.ADMINISTER)
def audited() -> str:
    """A page of the log, from before the entry of that number on; of one person, and without sign-ins, if so wanted."""
    require(Right.ADMINISTER, "")
    actor = signing_in.plain_name(request.args.get("actor", ""))
    quiet, before = "quiet" in request.args, request.args.get("before", "")
    with reading() as session:
        found = audit.entries(
            session,
            MOST_ENTRIES + 1,
            {"actor": actor} if actor else None,
            int(before) if NUMBER.fullmatch(before) else None,
            SIGN_INS if quiet else (),
        )
        shown = found[:MOST_ENTRIES]
        return render_template(
            "accounts/audit.html",
            page="audit",
            entries=shown,
            older=shown[-1].number if len(found) > MOST_ENTRIES else None,
            actor=actor,
            quiet=quiet,
            before=before,
        )


def role_wanted(session: Session) -> tuple[str, Station | None]:
    """What the form says is to be granted, and where. Raises Refused."""
    role, key = request.form.get("role", ""), request.form.get("station", "")
    if role not in roles.ROLES:
        raise Refused("role")
    if key == EVERYWHERE:
        return role, None
    found = next((station for station in all_stations(session) if station.key == key), None)
    if found is None:
        raise Refused("station")
    return role, found


def _sign_in_page(refusal: str, status: int, go: str, form: Kept | None, name: str = "") -> Response:
    where = url_for("accounts.sign_in", next=go or None)
    html = render_template(
        "accounts/sign_in.html", page="sign_in", where=where, refusal=refusal, name=name, kept=form
    )
    return _not_stored(html, status)


def _send_on_page(sentence: str, status: int, form: Kept) -> Response:
    leave = opened(form.address) or url_for("home.on_air")
    html = render_template("accounts/send_on.html", page="", sentence=sentence, kept=form, leave=leave)
    return _not_stored(html, status)


def _not_stored(html: str, status: int) -> Response:
    """What somebody typed is nothing for the next person at this screen."""
    response = current_app.make_response((html, status))
    response.headers["Cache-Control"] = "no-store"
    return response


@contextmanager
def _told(done: str) -> Iterator[None]:
    """What was done, or why it was refused, is said on the next page."""
    try:
        yield
    except Refused as refused:
        flash(sentence_of(refused.code), "bad")
    else:
        flash(done)


def _require_password() -> None:
    """Raises Refused unless the form holds the present password of whoever is signed in."""
    given = request.form.get("present", "")
    if refusal := signing_in.password_refusal(database(), someone().name, given, utcnow()):
        raise Refused(refusal)


def _named(session: Session, name: str) -> Account:
    try:
        return operations.get_account(session, name)
    except Refused:
        abort(404)


def _limits() -> signing_in.Limits:
    found: signing_in.Limits = current_app.extensions["limits"]
    return found


def _key() -> bytes:
    found: bytes = current_app.extensions["second-step-key"]
    return found
