"""How much of Meta's quotas for management calls is used up, so that syncs slow down in time.

Sends are not counted there and never wait for it; they have limits of their own.

Source: Graph API, "Rate limits": `X-App-Usage`, `X-Business-Use-Case-Usage`; values are percentages,
calls are refused at 100, `estimated_time_to_regain_access` is minutes, the quota is of an hour.
"""

from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

SLOW_FROM = 75.0
STOP_FROM = 95.0
"""Percent of a quota; ours, so that people's own clicks always find some left."""
LONGEST_GAP = timedelta(seconds=30)
"""Between two calls of a sync just below STOP_FROM."""
REGAIN = timedelta(minutes=5)
"""How long to stop when Meta does not say; ours."""
FORGET_AFTER = timedelta(hours=1)
"""Source: Graph API, "Rate limits": a quota is of a rolling hour."""
APP = ""
"""The key of the app's own quota, beside those of the accounts."""


class Quota(Struct, frozen=True):
    """Percentages of one quota."""

    call_count: float = 0
    total_time: float = 0
    total_cputime: float = 0
    estimated_time_to_regain_access: float = 0
    """Minutes."""

    @property
    def highest(self) -> float:
        return max(self.call_count, self.total_time, self.total_cputime)


class Noted(Struct, frozen=True):
    percent: float
    regain: timedelta
    at: datetime


APP_QUOTA = msgspec.json.Decoder(Quota)
ACCOUNT_QUOTAS = msgspec.json.Decoder(dict[str, list[Quota]])


class Usage:
    """What Meta's answers said last, by account; the app's own counts for every account."""

    def __init__(self) -> None:
        self._noted: dict[str, Noted] = {}

    def note(self, app: str | None, accounts: str | None, at: datetime) -> None:
        """Keep what the headers of an answer say; what cannot be read is passed over."""
        try:
            quotas = {APP: [APP_QUOTA.decode(app)]} if app else {}
            quotas |= ACCOUNT_QUOTAS.decode(accounts) if accounts else {}
        except msgspec.DecodeError:
            return
        for key, those in quotas.items():
            worst = max(those, key=lambda quota: quota.highest, default=Quota())
            regain = max((quota.estimated_time_to_regain_access for quota in those), default=0)
            self._noted[key] = Noted(worst.highest, timedelta(minutes=regain), at)

    def percent(self, account: str, now: datetime) -> float:
        """0 to 100 and over: the fuller of the account's quota and the app's."""
        return max((noted.percent for noted in self._fresh(account, now)), default=0.0)

    def may_sync(self, account: str, now: datetime) -> bool:
        """Whether a sync may call Meta for this account now."""
        return self.gap(account, now) <= LONGEST_GAP

    def gap(self, account: str, now: datetime) -> timedelta:
        """How long a sync has to wait before its next call; none while there is plenty left."""
        return max((_gap(noted, now) for noted in self._fresh(account, now)), default=timedelta())

    def _fresh(self, account: str, now: datetime) -> list[Noted]:
        known = [self._noted[key] for key in (APP, account) if key in self._noted]
        return [noted for noted in known if now - noted.at < max(FORGET_AFTER, noted.regain)]


def _gap(noted: Noted, now: datetime) -> timedelta:
    if noted.percent < SLOW_FROM:
        return timedelta()
    if noted.percent < STOP_FROM:
        return LONGEST_GAP * ((noted.percent - SLOW_FROM) / (STOP_FROM - SLOW_FROM))
    left = noted.at + (noted.regain or REGAIN) - now
    return max(left, LONGEST_GAP + timedelta(seconds=1)) if left > timedelta() else LONGEST_GAP
