"""People as a team works with them: in from a table, changed together, one by one, and out again."""

import io
import re
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from e2e.meta import SHOP, Meta
from e2e.screens import DESK, HANDSET, AsRole, Complaints, look
from e2e.stack import Stack

SHOP_NAME = "Dar Home Goods"
SLOW = 15_000
"""Milliseconds for what a worker does; never what a test is about."""
HEADS = ("Name", "Phone", "Company", "Tags")
# A family and an area code that no other test has: all of them are in one shop.
PEOPLE = (
    ("Zelda Thistlewood", "+1 646 555 0611", "Thistlewood & Co", "Thistlewood family"),
    ("Zelda Thistlewood", "+1 646 555 0612", "", ""),
    ("Zeno Thistlewood", "+1 646 555 0613", "Thistlewood & Co", ""),
    ("Zeno again", "16465550613", "", ""),
    ("Nobody", "12", "", ""),
)


def business_of(page: Page, demo: Stack) -> str:
    found = page.request.get(f"{demo.serai}/api/v1/businesses").json()["data"]
    return next(each["id"] for each in found if each["name"] == SHOP_NAME)


def choose_file(page: Page, name: str, kind: str, table: bytes) -> None:
    box = page.get_by_label("Table of contacts")
    box.set_input_files({"name": name, "mimeType": kind, "buffer": table})
    expect(page.get_by_role("list", name="Columns")).to_be_visible(timeout=SLOW)


def counted(page: Page, what: str, count: int) -> None:
    box = page.locator("dl > div").filter(has_text=re.compile(f"^{what}"))
    expect(box.locator("dd")).to_have_text(str(count), timeout=SLOW)


@pytest.mark.promise("CON-09")
def test_people_come_in_from_a_table_are_changed_together_and_go_out_again(
    as_role: AsRole, demo: Stack, tmp_path: Path
) -> None:
    page = as_role("owner", DESK)
    shop = business_of(page, demo)
    bring_in(page, f"{demo.serai}/contacts/import?business={shop}", tmp_path)
    bring_in_again(page, f"{demo.serai}/contacts/import?business={shop}")
    page.goto(f"{demo.serai}/contacts?business={shop}")
    page.get_by_label("Search contacts").fill("thistlewood")
    expect(page).to_have_url(re.compile("q=thistlewood"))
    found = page.get_by_role("table", name="Contacts").get_by_role("link")
    expect(found).to_have_count(3, timeout=SLOW)
    tag_all(page)
    look(page, "contacts-1280")
    page.get_by_role("button", name="Export").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("link", name="CSV")).to_be_visible(timeout=SLOW)
    with page.expect_download() as table:
        dialog.get_by_role("link", name="CSV").click()
    table.value.save_as(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().count("646555061") == 3


def bring_in(page: Page, address: str, folder: Path) -> None:
    """A table with a person twice and one who cannot be read; the report says so."""
    page.goto(address)
    rows = [",".join(cells) for cells in (HEADS, *PEOPLE)]
    choose_file(page, "people.csv", "text/csv", "\n".join(rows).encode())
    page.get_by_role("button", name="Check the rows").click()
    for what, count in (("New", 3), ("Repeated", 1), ("Not readable", 1)):
        counted(page, what, count)
    expect(page.get_by_text("Nothing is written yet.")).to_be_visible()
    left_out = page.get_by_role("region", name="Rows that are left out")
    expect(left_out).to_contain_text("Column 2 (Phone)", timeout=SLOW)
    look(page, "import-checked-1280")
    with page.expect_download() as report:
        page.get_by_role("link", name="Report of all rows").click()
    report.value.save_as(folder / "report.csv")
    assert "6,invalid,Column 2" in (folder / "report.csv").read_text()
    page.get_by_role("button", name="Import 3 people").click()
    expect(page.get_by_text("3 people were taken in.")).to_be_visible(timeout=SLOW)


def bring_in_again(page: Page, address: str) -> None:
    """The same people as a workbook: nobody is new."""
    page.goto(address)
    book, packed = Workbook(), io.BytesIO()
    sheet = book.create_sheet("People", 0)
    for cells in (HEADS, *PEOPLE[:3]):
        sheet.append(cells)
    book.save(packed)
    choose_file(page, "people.xlsx", "application/octet-stream", packed.getvalue())
    page.get_by_role("button", name="Check the rows").click()
    counted(page, "As they were", 3)


def tag_all(page: Page) -> None:
    page.get_by_role("checkbox", name="Choose all that are loaded").click()
    bar = page.get_by_role("region", name="What to do with them")
    expect(bar).to_contain_text("3 chosen")
    bar.get_by_role("button", name="Tag", exact=True).click()
    page.get_by_role("menu").get_by_text("Thistlewood family").click()
    tagged = page.get_by_role("row").filter(has_text="Thistlewood family")
    expect(tagged).to_have_count(3, timeout=SLOW)
    # One of them came with the tag: it keeps it when the change of the others is taken back.
    expect(page.get_by_text("2 people tagged", exact=True)).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Undo").click()
    expect(tagged).to_have_count(1, timeout=SLOW)


@pytest.mark.promise("CON-02")
def test_a_person_is_added_changed_merged_and_parted_again(
    as_role: AsRole, demo: Stack, complaints: Complaints
) -> None:
    page = as_role("owner", DESK, dark=True)
    shop = business_of(page, demo)
    for phone in ("+16465550621", "+16465550622"):
        body = {"business_id": shop, "name": "Wilma Zander", "phone": phone}
        headers = {"Origin": demo.serai, "Idempotency-Key": phone}
        page.request.post(f"{demo.serai}/api/v1/contacts", data=body, headers=headers)
    page.goto(f"{demo.serai}/contacts?business={shop}")
    add_wanda(page)
    change_what_somebody_else_changes(page, demo)
    # The browser says so of the change that is refused.
    complaints[:] = [each for each in complaints if "412 (Precondition Failed)" not in each]
    page.get_by_role("button", name="Record consent").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What they were asked").fill("Offers by WhatsApp, version 3")
    dialog.get_by_role("button", name="Record").click()
    history = page.get_by_role("region", name="History")
    expect(history.get_by_text("Marketing: yes")).to_be_visible(timeout=SLOW)
    look(page, "contact-1280-dark")
    page.goto(f"{demo.serai}/contacts?business={shop}&q=wilma")
    page.get_by_role("table", name="Contacts").get_by_role("link").first.click()
    merge_and_part(page)


def add_wanda(page: Page) -> None:
    page.get_by_role("button", name="Add a contact").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Wanda Zander")
    dialog.get_by_label("Phone").fill("+1 646 555 0623")
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="Wanda Zander")).to_be_visible(timeout=SLOW)


def change_what_somebody_else_changes(page: Page, demo: Stack) -> None:
    """The first change is kept, the one upon something older is not."""
    page.get_by_label("Company").fill("Zander & Daughters")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("Zander & Daughters ·")).to_be_visible(timeout=SLOW)
    contact = page.url.split("/")[-1].split("?")[0]
    page.get_by_label("Company").fill("Zander Ltd")
    changed, own = {"company": "Somebody else’s words"}, {"Origin": demo.serai}
    page.request.patch(f"{demo.serai}/api/v1/contacts/{contact}", data=changed, headers=own)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "It says now: Somebody else’s words", timeout=SLOW
    )


def merge_and_part(page: Page) -> None:
    page.get_by_role("button", name="Merge").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Merge").click()
    part = page.get_by_role("button", name="Part again")
    expect(part).to_be_visible(timeout=SLOW)
    for phone in ("+16465550621", "+16465550622"):
        expect(page.get_by_text(phone, exact=True)).to_be_visible()
    part.click()
    expect(part).to_have_count(0, timeout=SLOW)


def test_tags_and_fields_are_set_up_and_somebody_is_blocked_and_let_in_again(
    as_role: AsRole, demo: Stack, meta: Meta
) -> None:
    page = as_role("owner", HANDSET)
    shop = business_of(page, demo)
    meta.write(meta.person("Vito Zander"), SHOP, "Do you deliver?")
    page.goto(f"{demo.serai}/settings/tags?business={shop}")
    set_up_tags(page)
    page.get_by_role("button", name="Add a field").click()
    page.get_by_label("Name").fill("Floor")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("list", name="Fields").get_by_text("Floor")).to_be_visible(timeout=SLOW)
    look(page, "settings-tags-390")

    page.goto(f"{demo.serai}/contacts?business={shop}&q=vito")
    page.get_by_role("table", name="Contacts").get_by_role("link").first.click(timeout=SLOW)
    page.get_by_role("button", name="More about Vito Zander").click()
    page.get_by_role("menuitem", name="Block").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Block").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Blocked", timeout=SLOW)
    page.goto(f"{demo.serai}/settings/blocked")
    blocked = page.get_by_role("list", name=re.compile("^Blocked on"))
    expect(blocked.get_by_text("Vito Zander")).to_be_visible(timeout=SLOW)
    look(page, "settings-blocked-390")
    blocked.get_by_role("button", name="Unblock").click()
    expect(blocked).to_have_count(0, timeout=SLOW)


def set_up_tags(page: Page) -> None:
    """Two that mean the same, made one."""
    for name in ("Neighbours", "Neighbors"):
        page.get_by_role("button", name="Add a tag").click()
        page.get_by_label("Name").fill(name)
        page.get_by_role("radio", name="Teal").click()
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_role("dialog")).to_have_count(0, timeout=SLOW)
    page.get_by_role("button", name="More about Neighbors").click()
    page.get_by_role("menuitem", name="Merge into another").click()
    page.get_by_label("The tag that stays").click()
    page.get_by_role("option", name="Neighbours").click()
    page.get_by_role("button", name="Merge", exact=True).click()
    tags = page.get_by_role("list", name="Tags")
    expect(tags.get_by_text("Neighbors")).to_have_count(0, timeout=SLOW)
    expect(tags.get_by_text("Neighbours")).to_be_visible()
