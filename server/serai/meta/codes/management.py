"""Codes that managing an account can meet: templates, numbers, calls, groups, names, sign-up.

Source: WhatsApp Cloud API, "Error codes"; Graph API, "Handling errors". Many come as code 100 with
one of these as `error_subcode`.
"""

from datetime import timedelta

from serai.meta.codes.action import LATER, MAYBE, SHORTLY, Action, Code, Section

EDIT = "Edit the template and submit it again."
PIN = "See Meta's details for how long to wait."


def _fail(words: str) -> Code:
    """Nothing was done, and only people can change why."""
    return Code(Action.FAIL, words)


TEMPLATES = {
    141002: _fail("The template is not approved. Choose another."),
    200005: _fail("Figures of templates are not available to this account."),
    200006: _fail("Figures of templates cannot be switched off again."),
    200007: _fail("Switch on the figures of templates at Meta first."),
    2388019: _fail("The account has as many templates as it may. Delete some."),
    2388023: _fail("A template of this name is being deleted. Wait a few minutes, or rename it."),
    2388024: _fail("A template of this name and language exists. Choose another name."),
    2388039: _fail(f"Meta does not accept what the template says. {EDIT}"),
    2388040: _fail(f"A part of the template is too long. {EDIT}"),
    2388047: _fail(f"The header has a wrong form. {EDIT}"),
    2388072: _fail(f"The body has a wrong form. {EDIT}"),
    2388073: _fail(f"The footer has a wrong form. {EDIT}"),
    2388293: _fail(f"There are too many values for so few words. {EDIT}"),
    2388299: _fail(f"The body begins or ends with a value. {EDIT}"),
    2388318: _fail("Meta made this template itself; it cannot be edited."),
    2388330: _fail("Meta made this template itself; it cannot be deleted."),
}

NUMBERS = {
    133000: _fail("The number was not fully signed off. Deregister it again, then register it."),
    133004: Code(Action.RETRY, f"Meta's registration is not available. {SHORTLY}"),
    133005: _fail("The two-step PIN is wrong. Enter the right one, or set a new one at Meta."),
    133006: _fail("The number has to be verified first. Ask for a code and enter it."),
    133008: _fail(f"The PIN was wrong too often. {PIN}"),
    133009: _fail(f"The PIN was tried too fast. {PIN}"),
    133010: Code(Action.PAUSE_CHANNEL, "The number is not registered. Register it at Meta."),
    133015: _fail("The number was deleted a moment ago. Wait five minutes, then register it."),
    136024: _fail("The code was not sent or is wrong. Ask for a new one."),
    2388001: _fail("The number cannot be moved: it is another owner's, or its PIN is still on."),
    2388012: _fail("The number is on the account already. Go on with its registration."),
    2388091: _fail("The number is not being moved. Begin the move again."),
    2388093: _fail("The number cannot be moved now. Meta's details say why."),
    2388103: _fail("The number cannot be moved. Meta's details say why."),
    2494100: Code(Action.DEFER, f"Meta is working on the number. {LATER}", timedelta(minutes=1)),
    2593107: _fail("History and contacts of the phone app were asked for before. Nothing to do."),
    2593108: _fail("More than 24 hours have passed. Connect the phone app again to get its history."),
    2593109: _fail("They declined to share the phone app's history. Connect it again to ask anew."),
}  # fmt: skip

CALLS = {
    138000: _fail("Calling is switched off. Switch it on in the number's settings."),
    138001: _fail("This person cannot be called. Write to them."),
    138002: _fail("Too many calls at once. Wait until some have ended."),
    138003: _fail("A call with this person is under way."),
    138004: _fail("The call could not be connected. Try again."),
    138005: Code(Action.RETRY, f"The number calls too often. {SHORTLY}"),
    138006: _fail("They have not allowed calls. Ask for permission first."),
    138007: _fail("Nobody answered in time. Try again later."),
    138009: _fail("They were asked for permission lately. Wait a day before you ask again."),
    138012: _fail("They were called as often as Meta allows today. Try tomorrow."),
    138013: Code(Action.RETRY, f"Permissions were read too often. {SHORTLY}"),
    138018: _fail("Calling cannot be switched on yet. Meta's details say what is missing."),
    138024: _fail("SIP is switched off for the number. Switch it on in its settings."),
    138025: _fail("No SIP server is set for this app. Set one in the number's settings."),
}

GROUPS = {
    131020: _fail("The group has only one member. Invite people first."),
    131041: _fail("Meta does not know this group."),
    131201: _fail("Only some of the people could be changed. Look at the group and repeat the rest."),
    131202: _fail("Somebody is named twice. Name each person once."),
    131204: _fail("Too many people at once. Name fewer."),
    131207: _fail("Meta has suspended the group. See Meta's inbox."),
    131209: _fail("The group's picture has to be square. Choose another."),
    131210: _fail("The group's picture is smaller than 192 pixels. Choose another."),
    131211: _fail("The number has made as many groups as it may. Delete some."),
    131212: _fail("This person is not in the group."),
    131213: _fail("There is no such request to join."),
    131214: _fail("Meta lets this number make no more groups. See Meta's inbox."),
    131215: _fail("This number may not use groups yet. See Meta's requirements."),
}  # fmt: skip

OTHERS = {
    139000: _fail("Meta has blocked the account's Flows. See Meta's inbox."),
    139001: _fail("The Flow could not be changed. Try again."),
    139002: _fail("The Flow could not be published. Mend what its validation names."),
    139003: _fail("The Flow could not be taken out of use. Try again."),
    139004: _fail("The Flow could not be deleted. Only drafts can be."),
    139100: _fail("Only some of the people were blocked. Look at the list and repeat the rest."),
    139101: _fail("The list of blocked people is full. Unblock some."),
    139102: Code(Action.RETRY, f"The list of blocked people was being changed. {SHORTLY}"),
    139103: Code(Action.UNKNOWN, f"Something went wrong at Meta. {MAYBE}"),
    2494191: _fail("Another app has this conversation and does not give it up."),
}

USERNAMES = range(147001, 147006)
"""Meta lists them without saying how they differ."""
SIGN_UP = range(2494164, 2494180)
"""All of one kind: the sign-up inside an app did not go through."""

SECTIONS = (
    Section("Managing templates", TEMPLATES),
    Section("Numbers, moves, the phone app", NUMBERS),
    Section("Calls", CALLS),
    Section("Groups", GROUPS),
    Section("Flows, blocking, hand-over", OTHERS),
    Section(
        "Usernames",
        dict.fromkeys(USERNAMES, _fail("Meta does not accept this username. Choose another.")),
    ),
    Section(
        "Sign-up",
        dict.fromkeys(SIGN_UP, _fail("Meta did not finish the sign-up. Begin it again.")),
    ),
)
