"""The letters that Serai sends to people who work here: plain, with one thing to do each."""

from html import escape

from msgspec import Struct


class Letter(Struct, frozen=True):
    to: str
    """An e-mail address."""
    subject: str
    text: str
    html: str


def invitation(to: str, company: str, by: str, link: str) -> Letter:
    """Somebody shall work here."""
    return _letter(
        to,
        f"{by} invites you to {company}",
        [
            f"{by} invites you to answer customers of {company} in Serai.",
            "The link works once, for seven days.",
        ],
        ("Accept the invitation", link),
    )


def reset(to: str, company: str, link: str) -> Letter:
    """Somebody forgot their password, or another typed their address."""
    return _letter(
        to,
        f"A new password for {company}",
        [
            f"Somebody asked for a new password for your account at {company}.",
            "The link works once, for an hour. If it was not you, do nothing: your password stays.",
        ],
        ("Choose a new password", link),
    )


def password_changed(to: str, company: str) -> Letter:
    """So that they hear of it if it was another."""
    return _letter(
        to,
        f"Your password for {company} was changed",
        [
            f"The password of your account at {company} has just been changed, "
            "and you were signed out everywhere.",
            "If it was not you, tell an owner of the company at once.",
        ],
        None,
    )


def _letter(to: str, subject: str, lines: list[str], link: tuple[str, str] | None) -> Letter:
    plain = [*lines, f"{link[0]}:\n{link[1]}"] if link else lines
    return Letter(
        to=to, subject=subject, text="\n\n".join(plain) + "\n", html=_page(subject, lines, link)
    )


def _page(subject: str, lines: list[str], link: tuple[str, str] | None) -> str:
    paragraphs = "".join(f'<p style="margin:0 0 16px">{escape(line)}</p>' for line in lines)
    button = ""
    if link:
        words, address = link
        button = (
            f'<p style="margin:24px 0"><a href="{escape(address)}" style="background:#3f3fa8;'
            "color:#fff;border-radius:12px;padding:12px 20px;font-weight:600;"
            f'text-decoration:none;display:inline-block">{escape(words)}</a></p>'
        )
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(subject)}</title>"
        '<body style="margin:0;background:#f5f5f9;font:16px/1.5 system-ui,sans-serif;color:#24243a">'
        '<div style="max-width:480px;margin:32px auto;background:#fff;border-radius:16px;padding:32px">'
        '<p style="margin:0 0 24px;font-size:20px;font-weight:600">Serai</p>'
        f"{paragraphs}{button}</div></body></html>"
    )
