"""Carries letters to the mail host, outside of every request."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

import aiosmtplib

from serai.core.languages import reader
from serai.features.accounts.decide import letters
from serai.features.accounts.decide.letters import Letter, Reader
from serai.features.accounts.store import companies, mails, people, tokens
from serai.features.accounts.store.companies import Audited
from serai.features.accounts.store.mails import LONGEST_TRIES, MailRow, Wish
from serai.features.accounts.store.people import AccountRow
from serai.kit.db import Pool
from serai.kit.log import logger
from serai.kit.secrets import CannotOpen, Vault
from serai.kit.settings import Settings

AT_ONCE = 10
log = logger("serai.mail")


async def send_due(pool: Pool, vault: Vault, settings: Settings, now: datetime) -> int:
    """Send the letters that are due; returns how many were tried."""
    if settings.smtp_host is None:
        return 0
    async with pool.connection() as conn, conn.transaction():
        due = await mails.claim(conn, now, AT_ONCE)
    for row in due:
        await _send(pool, vault, settings, row, now)
    return len(due)


async def answer(pool: Pool, vault: Vault, row: MailRow, now: datetime) -> None:
    """A letter with a link, if the address has an account; the link before it is dead."""
    asked = mails.opened_wish(vault, row)
    async with pool.connection() as conn, conn.transaction():
        account = await people.by_email(conn, vault, asked.email)
        if account is not None:
            token = tokens.new_token()
            await tokens.forget(conn, "reset", account.id)
            await tokens.add(conn, "reset", token, now, account.id)
            language = reader(account.language, asked.browser_language)
            whose = Reader(asked.email, account.organization, language)
            letter = letters.reset(whose, f"{asked.address}/welcome/reset#token={token}")
            await mails.put(conn, vault, "reset", letter, now)
            await companies.audit(conn, _noted(account, asked, now))
        await mails.sent(conn, row, now)


def _noted(account: AccountRow, asked: Wish, now: datetime) -> Audited:
    return Audited(
        at=now,
        actor=account.name,
        actor_kind="unknown",
        action="password.forgotten",
        subject=str(account.id),
        organization_id=account.organization_id,
        detail={"remote": asked.remote},
    )


async def _send(pool: Pool, vault: Vault, settings: Settings, row: MailRow, now: datetime) -> None:
    try:
        if row.kind == mails.WISH:
            return await answer(pool, vault, row, now)
        await _hand_over(settings, message(mails.opened(vault, row), settings.smtp_from))
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        log.warning("mail_not_taken", kind=row.kind, error=type(error).__name__)
        is_hopeless = isinstance(error, aiosmtplib.SMTPRecipientsRefused)
        if is_hopeless or row.attempt_count >= LONGEST_TRIES:
            async with pool.connection() as conn:
                await mails.give_up(conn, row, now)
        return None
    except CannotOpen:
        log.error("mail_sealed_with_unknown_key", kind=row.kind)
        async with pool.connection() as conn:
            await mails.give_up(conn, row, now)
        return None
    async with pool.connection() as conn:
        return await mails.sent(conn, row, now)


def message(letter: Letter, sender: str) -> EmailMessage:
    """The letter with its text and its page."""
    name, address = parseaddr(sender)
    made = EmailMessage()
    made["From"] = Address(name, addr_spec=address)
    made["To"] = Address(addr_spec=letter.to)
    made["Subject"] = letter.subject.replace("\n", " ").replace("\r", " ")
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text)
    made.add_alternative(letter.html, subtype="html")
    return made


async def _hand_over(settings: Settings, letter: EmailMessage) -> None:
    await aiosmtplib.send(
        letter,
        hostname=settings.smtp_host,
        port=settings.smtp_port,
        username=settings.smtp_user,
        password=settings.smtp_password,
        use_tls=settings.smtp_security == "tls",
        start_tls=settings.smtp_security == "starttls",
        timeout=settings.smtp_timeout_seconds,
    )
