"""Every notice about a number, in words for the person who owns it, with the next step.

A code may carry a part behind a colon, such as `restricted:marketing`, so that several of a kind
stand beside each other.
"""

from msgspec import Struct

INFORMATIONAL, WARNING, CRITICAL = "informational", "warning", "critical"


class Notice(Struct, frozen=True):
    level: str
    words: str
    """With places in braces for what the case adds."""
    next_step: str


NOTHING = "Nothing needs to be done."
NOTICES: dict[str, Notice] = {
    "reconnect": Notice(
        CRITICAL,
        "Meta no longer accepts the number's access token: {reason}",
        "Connect the number again. What waits is kept and goes out then.",
    ),
    "stopped": Notice(
        CRITICAL,
        "Meta lets nothing out through this number: {reason}",
        "Mend it at Meta, then let the number go on. What waits is kept.",
    ),
    "silent": Notice(
        WARNING,
        "Meta does not answer for this number: {reason}",
        "Check this server's network and Meta's status page. Serai goes on trying.",
    ),
    "number_down": Notice(
        CRITICAL,
        "Meta has the number as {status}, not as CONNECTED.",
        "Open the number in WhatsApp Manager; register it again if it was taken off.",
    ),
    "account_banned": Notice(
        CRITICAL,
        "Meta has disabled the WhatsApp account.",
        "Open Business Support Home and ask for a review.",
    ),
    "account_ban_scheduled": Notice(
        CRITICAL,
        "Meta will disable the WhatsApp account on {date}.",
        "Open Business Support Home before that day and ask for a review.",
    ),
    "account_reinstated": Notice(
        INFORMATIONAL, "Meta has enabled the WhatsApp account again.", NOTHING
    ),
    "account_gone": Notice(
        CRITICAL,
        "The WhatsApp account is no longer shared with this app ({event}).",
        "Connect the number again.",
    ),
    "account_returned": Notice(
        INFORMATIONAL, "The WhatsApp account is shared with this app again.", NOTHING
    ),
    "account_violation": Notice(
        WARNING,
        "Meta found a violation of its rules: {violation}.",
        "Read Meta's commerce and business policies, and stop what breaks them.",
    ),
    "restricted": Notice(
        CRITICAL,
        "Until {until} Meta does not allow: {what}.",
        "Open Business Support Home to see why. What waits goes out when the restriction ends.",
    ),
    "quality_low": Notice(
        WARNING,
        "People block or report this number often. Marketing through it is paused.",
        "Write less, and only to people who want it. Marketing goes on when the quality is better.",
    ),
    "quality_middling": Notice(
        WARNING,
        "The number's quality is falling.",
        "Look at what people blocked or reported, and write to them less.",
    ),
    "throughput_raised": Notice(
        INFORMATIONAL, "The number may now send {rate} messages a second.", NOTHING
    ),
    "limit_changed": Notice(
        INFORMATIONAL, "The company may now write first to {limit} people in 24 hours.", NOTHING
    ),
    "name_approved": Notice(INFORMATIONAL, "Meta approved the display name {name}.", NOTHING),
    "name_declined": Notice(
        WARNING,
        "Meta declined the display name {name}: {reason}",
        "Choose a name that shows which business it is, and ask again.",
    ),
    "pin_changed": Notice(
        WARNING,
        "Someone changed the number's two-step PIN.",
        "If it was nobody of yours, set another one and look at who has access.",
    ),
    "pin_reset_requested": Notice(
        WARNING,
        "Someone asked Meta to take the two-step PIN off the number.",
        "If it was nobody of yours, stop it in WhatsApp Manager within seven days.",
    ),
    "pin_reset": Notice(
        WARNING, "The number's two-step PIN was taken off.", "Set a new one at once."
    ),
    "review_rejected": Notice(
        CRITICAL,
        "Meta's review of the account ended with: {decision}.",
        "Open Business Support Home and ask for another review.",
    ),
    "review_approved": Notice(INFORMATIONAL, "Meta approved the WhatsApp account.", NOTHING),
    "review_pending": Notice(INFORMATIONAL, "Meta is reviewing the account ({decision}).", NOTHING),
    "certification": Notice(
        INFORMATIONAL, "Meta's check of the business now stands at {status}. {reasons}", NOTHING
    ),
    "alert": Notice(WARNING, "Meta says: {words}", "Open Business Support Home."),
    "username_changed": Notice(
        INFORMATIONAL, "The number's username {username} is now {status} at Meta.", NOTHING
    ),
    "token_ends": Notice(
        WARNING,
        "The access token ends on {date} and could not be renewed: {reason}",
        "Connect the number again before that day.",
    ),
    "token_lacks": Notice(
        CRITICAL,
        "The access token lacks permissions: {scopes}.",
        "Make a token with these permissions and connect the number again.",
    ),
    "webhooks_off": Notice(
        CRITICAL,
        "Meta does not send what people write here: {what}.",
        "Press Repair, or run serai doctor --repair.",
    ),
    "webhooks_partial": Notice(
        WARNING, "Meta does not send these news here: {what}.", "Press Repair."
    ),
    "webhooks_elsewhere": Notice(
        WARNING,
        "Messages of this number go to another address than the app's.",
        "Take the override off, unless you set it on purpose.",
    ),
    "health": Notice(WARNING, "Meta says: {words}", "{solution}"),
    "news": Notice(INFORMATIONAL, "Meta sent news about {field}: {what}", NOTHING),
}


def notice(code: str, **values: object) -> Notice:
    """The words for a code, filled in; values keep to one line."""
    words = NOTICES[code.partition(":")[0]]
    lines = {name: _line(value) for name, value in values.items()}
    return Notice(words.level, words.words.format(**lines), words.next_step.format(**lines))


def _line(value: object) -> str:
    """One line that the database takes, whatever Meta wrote."""
    return " ".join(str(value).replace("\0", " ").split())


NO_SUCH_NUMBER = 33
RECONNECTING = frozenset({0, 3, 10, NO_SUCH_NUMBER, 104, 190, 131005})
"""Codes that only a new token, or a new permission for it, mends.

Source: WhatsApp Cloud API, error codes, authorization.
"""


def needs_reconnecting(code: int | None) -> bool:
    """Whether an error says that the token is no good; 200 to 299 are missing permissions."""
    return code is not None and (code in RECONNECTING or 200 <= code <= 299)
