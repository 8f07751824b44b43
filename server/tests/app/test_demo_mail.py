"""The demo's post takes letters as any mail server does, and shows them as they are."""

import os
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import httpx2
import pytest
from serai.app.demo.mail.letters import MOST, Letters
from serai.app.demo.processes import Child, python, wait_for
from serai.features.accounts.decide import letters
from serai.features.accounts.decide.letters import Reader
from serai.features.accounts.jobs import message
from tests.ports import free_port


@pytest.fixture
def post(tmp_path: Path) -> Iterator[tuple[int, str]]:
    """Its SMTP port and the address of its page."""
    page = free_port()
    smtp = page + 1
    command = python("serai.app.demo.mail", str(smtp), str(page), str(tmp_path / "mail"))
    child = Child("mail", command, dict(os.environ), tmp_path / "log")
    wait_for(child, f"http://127.0.0.1:{page}/letters")
    yield smtp, f"http://127.0.0.1:{page}"
    child.stop()


def test_a_letter_can_be_read_on_the_page_with_its_link_and_no_way_to_run_anything(
    post: tuple[int, str],
):
    smtp, page = post
    letter = letters.reset(
        Reader("ada@c.example", "Café & Co"), "http://localhost/welcome/reset#token=x"
    )
    with smtplib.SMTP("127.0.0.1", smtp) as client:
        client.send_message(message(letter, "Serai <serai@localhost>"))

    [listed] = httpx2.get(f"{page}/letters").json()
    shown = httpx2.get(f"{page}/letters/{listed['number']}").text
    body = httpx2.get(f"{page}/letters/{listed['number']}/page")

    assert (listed["to"], listed["subject"]) == ("ada@c.example", "A new password for Café & Co")
    assert "http://localhost/welcome/reset#token=x" in listed["text"]
    assert "Café &amp; Co" in shown
    assert 'href="http://localhost/welcome/reset#token=x"' in body.text
    policy = body.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert httpx2.get(f"{page}/letters/99").status_code == 404


def test_letters_outlive_a_restart_and_the_oldest_make_room(tmp_path: Path):
    kept = Letters(tmp_path)
    for number in range(MOST + 2):
        letter = EmailMessage()
        letter["Subject"] = f"Letter {number}"
        kept.keep(letter.as_bytes())

    found = Letters(tmp_path).all()

    assert len(found) == MOST
    assert (found[0].subject, found[-1].subject) == (f"Letter {MOST + 1}", "Letter 2")
