"""Faults on demand: what shall go wrong, how often, and for whom."""

from typing import Literal

import msgspec

from metasim.register import Unfit
from metasim.shapes import Json, digits_of

CALL_FAULTS = ("throttle", "error", "expired_token", "hang_up", "slow", "status_first")
POST_FAULTS = ("drop", "duplicate", "delay", "reorder", "batch")

Kind = Literal[
    "throttle", "error", "hang_up", "expired_token", "slow", "status_first",
    "duplicate", "reorder", "delay", "drop", "batch",
]  # fmt: skip


class Fault(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One standing order. `times` counts down; None lasts until it is taken away."""

    kind: Kind
    id: str = ""
    times: int | None = None
    number: str | None = None
    """Only calls from, or updates of, this phone number id."""
    to: str | None = None
    """Only this person: phone in any writing, or user id."""
    code: int | None = None
    """Meta's error code, for throttle and error."""
    http: int | None = None
    status: Literal["sent", "delivered", "read", "failed"] | None = None
    """Only webhooks with this status; None: every webhook, also a person's message."""
    field: str | None = None
    """Only webhooks of this field; None: of every field."""
    seconds: float | None = None
    size: int | None = None
    fired: int = 0
    """How often it happened so far."""

    def __post_init__(self) -> None:
        if self.times is not None and self.times < 1:
            raise ValueError("times must be at least 1")
        if self.http is not None and not 400 <= self.http <= 599:
            raise ValueError("http must be 400 to 599")
        if self.seconds is not None and not 0 <= self.seconds <= 604_800:
            raise ValueError("seconds must be 0 to 604800")
        if self.size is not None and not 1 <= self.size <= 1000:
            raise ValueError("size must be 1 to 1000")
        if self.to is not None and not self.to[:1].isalpha():
            self.to = digits_of(self.to)


class Faults:
    """The standing orders, oldest first."""

    def __init__(self) -> None:
        self.orders: dict[str, Fault] = {}
        self._made = 0

    def add(self, given: Json) -> Fault:
        """Keep a new order. Raises Unfit."""
        try:
            fault = msgspec.convert({**given, "id": "", "fired": 0}, Fault)
        except msgspec.ValidationError as error:
            raise Unfit(str(error)) from error
        self._made += 1
        fault.id = f"fault-{self._made}"
        self.orders[fault.id] = fault
        return fault

    def restore(self, orders: list[Fault]) -> None:
        self.orders = {fault.id: fault for fault in orders}
        self._made = max((int(fault.id.split("-")[1]) for fault in orders), default=0)

    def take(
        self,
        kind: str,
        number: str,
        to: tuple[str, ...] = (),
        status: str | None = None,
        field: str | None = None,
    ) -> Fault | None:
        """The first order of this kind that fits, counted down; None when nothing shall happen.

        `to` holds all names of the person: phone digits and user id.
        """
        for fault in self.orders.values():
            if fault.field is not None and fault.field != field:
                continue
            if fault.kind == kind and _fits(fault, number, to, status):
                return self._count(fault)
        return None

    def _count(self, fault: Fault) -> Fault:
        fault.fired += 1
        if fault.times is not None:
            fault.times -= 1
            if fault.times == 0:
                del self.orders[fault.id]
        return fault


def _fits(fault: Fault, number: str, to: tuple[str, ...], status: str | None) -> bool:
    if fault.number is not None and fault.number != number:
        return False
    if fault.to is not None and fault.to not in to:
        return False
    return fault.kind in CALL_FAULTS or fault.status is None or fault.status == status
