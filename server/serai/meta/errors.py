"""What Meta can answer, by what we do next.

Throttled      wait `retry_after`, then the same call again
Unavailable    it never reached them: the same call again, with backoff
Unknown        it may have been done: a send is never repeated, its status will tell
Rejected       never again; the reason is shown to people
Unauthorised   never again until the channel is reconnected

Source of all codes: WhatsApp Cloud API, "Error codes"; Graph API, "Handling errors".
"""

from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from serai.kit.errors import Upstream


class Throttled(Upstream):
    def __init__(self, code: int, retry_after: timedelta) -> None:
        super().__init__(f"throttled ({code})")
        self.code = code
        self.retry_after = retry_after


class Unavailable(Upstream): ...


class Unknown(Upstream): ...


class Rejected(Upstream):
    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Unauthorised(Upstream):
    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Action(StrEnum):
    """What an error code makes us do."""

    RETRY = "retry"
    """Refused before anything was done: soon again, with growing gaps."""
    DEFER = "defer"
    """Again after hours: nothing that a quick retry would change."""
    FAIL = "fail"
    """This message never goes; others may."""
    SUPPRESS = "suppress"
    """This person cannot be reached at all."""
    SUPPRESS_MARKETING = "suppress_marketing"
    """This person gets no more marketing."""
    PAUSE_TEMPLATE = "pause_template"
    PAUSE_CHANNEL = "pause_channel"
    UNKNOWN = "unknown"
    """It may have gone out."""


class Code(Struct, frozen=True):
    """One row: what a code means to us, and to people."""

    action: Action
    words: str
    """For people, with the next step."""


_RECONNECT = "Connect the number again in its settings; what waits is sent then."
_BILLING = "Add a payment method for WhatsApp in Meta's billing settings."
_SHORTLY = "Serai sends it again by itself."
_LATER = "Serai tries again later by itself."
_MAYBE = "It may have arrived. Look at the conversation before you send it again."
_CONTENT = "Change the message and send it again."
_TEMPLATE = "Check the template and its values, then send it again."

CODES: dict[int, Code] = {
    0: Code(Action.PAUSE_CHANNEL, f"The access token is not valid. {_RECONNECT}"),
    1: Code(Action.UNKNOWN, f"Meta had a problem. {_MAYBE}"),
    2: Code(Action.UNKNOWN, f"Meta was not available. {_MAYBE}"),
    3: Code(Action.PAUSE_CHANNEL, f"The app lacks a capability. {_RECONNECT}"),
    4: Code(Action.RETRY, f"The app calls Meta too often. {_SHORTLY}"),
    10: Code(Action.PAUSE_CHANNEL, f"A permission was taken away. {_RECONNECT}"),
    33: Code(Action.PAUSE_CHANNEL, "This number no longer exists at Meta. Connect another one."),
    100: Code(Action.FAIL, f"Meta does not accept a value. {_CONTENT}"),
    190: Code(Action.PAUSE_CHANNEL, f"The access token has expired. {_RECONNECT}"),
    368: Code(Action.PAUSE_CHANNEL, "Meta has blocked the account for a while. See Meta's inbox."),
    80007: Code(Action.RETRY, f"The account calls Meta too often. {_SHORTLY}"),
    80008: Code(Action.RETRY, f"The account calls Meta too often. {_SHORTLY}"),
    130429: Code(Action.RETRY, f"The number sends too fast. {_SHORTLY}"),
    130472: Code(Action.FAIL, "Meta keeps this person out of marketing for a test of theirs."),
    130497: Code(Action.FAIL, "Meta does not allow messages to this country."),
    131000: Code(Action.UNKNOWN, f"Something went wrong at Meta. {_MAYBE}"),
    131005: Code(Action.PAUSE_CHANNEL, f"Access was denied. {_RECONNECT}"),
    131008: Code(Action.FAIL, f"A value is missing. {_CONTENT}"),
    131009: Code(Action.FAIL, f"A value is not valid. {_CONTENT}"),
    131016: Code(Action.UNKNOWN, f"Meta was not available. {_MAYBE}"),
    131021: Code(Action.FAIL, "The number cannot write to itself."),
    131026: Code(Action.SUPPRESS, "This person is not on WhatsApp. Use another way."),
    131030: Code(Action.FAIL, "This test number may only write to people on its list at Meta."),
    131031: Code(Action.PAUSE_CHANNEL, "Meta has locked the account. See Meta's inbox and appeal."),
    131037: Code(Action.PAUSE_CHANNEL, "The display name has to be approved by Meta first."),
    131042: Code(Action.PAUSE_CHANNEL, f"Meta cannot charge the account. {_BILLING}"),
    131045: Code(Action.PAUSE_CHANNEL, "The number has to be registered again at Meta."),
    131047: Code(
        Action.FAIL, "More than 24 hours have passed since they last wrote. Send a template."
    ),
    131048: Code(Action.PAUSE_CHANNEL, "Too many people reported messages. Stop and review them."),
    131049: Code(Action.DEFER, f"Meta limits how much marketing this person gets. {_LATER}"),
    131050: Code(
        Action.SUPPRESS_MARKETING, "They stopped marketing in WhatsApp. Do not repeat it."
    ),
    131051: Code(Action.FAIL, f"Meta does not support this kind of message. {_CONTENT}"),
    131053: Code(Action.FAIL, f"Meta could not fetch the file. {_CONTENT}"),
    131056: Code(Action.RETRY, f"Too many messages to this person in a row. {_SHORTLY}"),
    131057: Code(Action.DEFER, f"Meta is upgrading the number. {_LATER}"),
    132000: Code(Action.FAIL, f"The number of values does not fit the template. {_TEMPLATE}"),
    132001: Code(Action.PAUSE_TEMPLATE, "Meta has no approved template of this name and language."),
    132005: Code(Action.FAIL, f"With its values the template is too long. {_TEMPLATE}"),
    132007: Code(
        Action.PAUSE_TEMPLATE, "The template breaks a rule of Meta. Edit and resubmit it."
    ),
    132012: Code(Action.FAIL, f"A value has the wrong form. {_TEMPLATE}"),
    132015: Code(
        Action.PAUSE_TEMPLATE, "Meta paused the template for its quality. Choose another."
    ),
    132016: Code(Action.PAUSE_TEMPLATE, "Meta disabled the template for good. Choose another."),
    132018: Code(Action.FAIL, f"A value is not allowed in a template. {_TEMPLATE}"),
    133010: Code(Action.PAUSE_CHANNEL, "The number is not registered. Register it at Meta."),
}

OTHER = Code(Action.FAIL, "Meta refused the message.")


def code(number: int) -> Code:
    """The row for a code; 200 to 299 are missing permissions, unlisted ones fail the message."""
    if 200 <= number <= 299:
        return CODES[10]
    return CODES.get(number, OTHER)
