"""Letters to those who have an account, in their language."""

from uuid import UUID

from serai.core.languages import reader
from serai.features.accounts.api.desk import Desk, account_of
from serai.features.accounts.decide import letters
from serai.features.accounts.decide.letters import Reader
from serai.features.accounts.decide.letters.words import Change
from serai.features.accounts.store import mails, people
from serai.features.accounts.store.people import AccountRow
from serai.kit.db import Conn


def reader_of(desk: Desk, account: AccountRow, *, asks: bool = True) -> Reader:
    """Who reads a letter; `asks`: this request comes from their own browser."""
    return Reader(
        people.opened_email(desk.vault, account.email_sealed, account.id),
        account.organization,
        reader(account.language, desk.browser_language if asks else None),
    )


async def tell_of_factor(desk: Desk, conn: Conn, user_id: UUID, change: Change) -> None:
    """So that they hear of it if they did not do it; nothing where there is no mail."""
    if desk.settings.smtp_host is None:
        return
    account = await account_of(conn, user_id)
    whose = reader_of(desk, account, asks=not change.startswith("member."))
    letter = letters.factor_changed(whose, change)
    await mails.put(conn, desk.vault, "factor_changed", letter, desk.now)
