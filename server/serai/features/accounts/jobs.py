"""Carries letters to the mail host, outside of every request."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

import aiosmtplib

from serai.features.accounts.decide.letters import Letter
from serai.features.accounts.store import mails
from serai.features.accounts.store.mails import LONGEST_TRIES, MailRow
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


async def _send(pool: Pool, vault: Vault, settings: Settings, row: MailRow, now: datetime) -> None:
    try:
        await _hand_over(settings, message(mails.opened(vault, row), settings.smtp_from))
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        log.warning("mail_not_taken", kind=row.kind, error=type(error).__name__)
        is_hopeless = isinstance(error, aiosmtplib.SMTPRecipientsRefused)
        if is_hopeless or row.attempt_count >= LONGEST_TRIES:
            async with pool.connection() as conn:
                await mails.give_up(conn, row, now)
        return
    except CannotOpen:
        log.error("mail_sealed_with_unknown_key", kind=row.kind)
        async with pool.connection() as conn:
            await mails.give_up(conn, row, now)
        return
    async with pool.connection() as conn:
        await mails.sent(conn, row, now)


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
