"""The username of a business: what Meta takes, said before it is asked."""

import re

SHORTEST, LONGEST = 3, 35
ALLOWED = re.compile(r"[a-z0-9._]*")
DOMAIN = re.compile(r"\.(com|net|org|io|co|shop|app|info|biz|dev)$")


def problem(name: str) -> str | None:
    """Why Meta would not take it, in words; None if nothing is known against it.

    Source: WhatsApp Cloud API, "Business usernames".
    """
    rules = (
        (
            not ALLOWED.fullmatch(name),
            "Use small letters a to z, digits, dots and underscores only.",
        ),
        (len(name) < SHORTEST, f"Give it at least {SHORTEST} characters."),
        (len(name) > LONGEST, f"Give it at most {LONGEST} characters."),
        (not re.search("[a-z]", name), "Give it at least one letter."),
        (name.startswith(".") or name.endswith("."), "Begin and end it without a dot."),
        (".." in name, "Put something between two dots."),
        (name.startswith("www"), "Begin it with something else than www."),
        (DOMAIN.search(name) is not None, "Leave the end that looks like a website away."),
    )
    return next((words for is_broken, words in rules if is_broken), None)
