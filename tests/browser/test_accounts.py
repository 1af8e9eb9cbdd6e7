"""Signing in and giving roles, in Chromium."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import zxingcpp
from desks import sign_in
from people import PASSWORD, person
from PIL import Image
from playwright.sync_api import Page, expect

Site = Any
Visit = Callable[..., Page]
OWN = "bốn từ của riêng tôi"
PHONE = (390, 844)
CLOSED = ("/accounts", "/accounts/admin", "/account", "/audit")


@pytest.fixture
def admin(visit: Visit, site: Site) -> Page:
    """The page of all people, reached as an administrator reaches it."""
    person(site.database, "admin", "administrator")
    page = visit("/accounts")
    sign_in(page, "admin")
    expect(page.get_by_role("heading", name="Người dùng", exact=True)).to_be_visible()
    return page


def test_a_new_person_gets_a_role_and_signs_in_with_it(admin: Page) -> None:
    admin.get_by_label("Họ và tên").fill("Lê Thị Thử")
    admin.get_by_label("Tên đăng nhập").fill("thu.le")
    admin.get_by_label("Mật khẩu đầu tiên").fill(PASSWORD)
    admin.get_by_role("button", name="Tạo người dùng").click()
    expect(admin.get_by_role("status")).to_contain_text("Đã tạo người dùng.")
    admin.get_by_label("Vai trò").select_option("operator")
    admin.get_by_label("Ở đâu").select_option("*")
    admin.get_by_role("button", name="Giao vai trò").click()
    expect(admin.get_by_role("listitem")).to_contain_text("Trực loa: mọi nhà ga, bến xe")
    admin.get_by_role("button", name="Đăng xuất").click()
    sign_in(admin, "thu.le")
    choose_an_own_password(admin)
    sign_in(admin, "thu.le", OWN)
    expect(admin.get_by_role("link", name="Lê Thị Thử")).to_be_visible()
    expect(admin.get_by_role("link", name="Người dùng")).to_have_count(0)


def choose_an_own_password(page: Page) -> None:
    expect(page.get_by_text("Mật khẩu này do người khác đặt.")).to_be_visible()
    page.get_by_label("Mật khẩu hiện tại").fill(PASSWORD)
    page.get_by_label("Mật khẩu mới, ít nhất 10 ký tự", exact=True).fill(OWN)
    page.get_by_label("Nhập lại mật khẩu mới").fill(OWN)
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_text("Xin đăng nhập lại bằng mật khẩu mới.")).to_be_visible()


def test_after_signing_out_going_back_shows_nothing_of_it(admin: Page) -> None:
    admin.get_by_role("button", name="Đăng xuất").click()
    expect(admin.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    admin.go_back()
    expect(admin.get_by_role("heading", name="Đăng nhập")).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 900), PHONE])
def test_a_telephone_reads_the_key_of_the_second_step_off_the_screen(
    admin: Page, size: tuple[int, int]
) -> None:
    admin.set_viewport_size({"width": size[0], "height": size[1]})
    admin.goto(admin.url.removesuffix("s"))
    admin.get_by_role("button", name="Bắt đầu").click()
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(admin.locator(".qr").screenshot())))
    key = admin.locator("code.secret").inner_text().replace(" ", "")
    assert read.text == f"otpauth://totp/Loa%20ga:admin?secret={key}&issuer=Loa%20ga"


@pytest.mark.parametrize("size", [(1280, 900), PHONE])
def test_no_page_of_accounts_is_wider_than_the_screen(admin: Page, size: tuple[int, int]) -> None:
    admin.set_viewport_size({"width": size[0], "height": size[1]})
    home = admin.url.removesuffix("/accounts")
    for path in CLOSED:
        admin.goto(home + path)
        wide = admin.evaluate("document.documentElement.scrollWidth")
        assert wide <= size[0], path


def test_no_two_controls_lie_over_each_other(admin: Page) -> None:
    home = admin.url.removesuffix("/accounts")
    for path in CLOSED:
        admin.goto(home + path)
        boxes = admin.evaluate(
            """[...document.querySelectorAll("main input:not([type=hidden]), main select, main button")]
               .map(e => e.getBoundingClientRect()).map(r => [r.left, r.top, r.right, r.bottom])"""
        )
        for number, a in enumerate(boxes):
            for b in boxes[:number]:
                assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3], (path, a, b)
