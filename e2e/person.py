"""What people do with the two pages, by the words they see."""

from typing import NamedTuple

from playwright.sync_api import Locator, Page

from e2e.meta import Person


class Inbox(NamedTuple):
    """The team's page."""

    page: Page

    @property
    def list(self) -> Locator:
        return self.page.get_by_role("list", name="Conversations")

    def row(self, person: Person, business: str = "") -> Locator:
        rows = self.list.get_by_role("link").filter(has_text=person.name)
        return rows.filter(has_text=business) if business else rows

    def open(self, person: Person) -> None:
        self.row(person).click()
        self.page.get_by_role("heading", name=person.name).wait_for()

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("log", name="Messages")

    def message(self, text: str) -> Locator:
        return self.thread.get_by_role("article").filter(has_text=text)

    @property
    def reply_box(self) -> Locator:
        """While it offers quick replies it is a box that one chooses with."""
        plain = self.page.get_by_role("textbox", name="Reply")
        return plain.or_(self.page.get_by_role("combobox", name="Reply", exact=True))

    def reply(self, text: str) -> None:
        self.reply_box.fill(text)
        self.reply_box.press("Enter")


class Phone(NamedTuple):
    """The customer's page."""

    page: Page

    def be(self, person: Person) -> None:
        self.page.get_by_label("You are").select_option(label=person.name)

    def chat(self, business: str) -> None:
        self.page.get_by_role("button", name=business).click()

    def back(self) -> None:
        self.page.get_by_role("button", name="Back to chats").click()

    def write(self, text: str) -> None:
        box = self.page.get_by_role("textbox", name="Message")
        box.fill(text)
        box.press("Enter")

    def said(self, text: str) -> Locator:
        messages = self.page.get_by_role("list", name="Messages")
        return messages.get_by_role("listitem").filter(has_text=text)
