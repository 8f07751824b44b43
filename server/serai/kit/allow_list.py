"""Networks that are let in, and whether an address is of one of them."""

import ipaddress
from collections.abc import Sequence
from typing import TypeAlias

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Networks: TypeAlias = Sequence[Network]


def networks(text: str | None) -> Networks | None:
    """The networks in a setting, with commas between; None if there is none, so that all are let in.

    Raises ValueError, which does not repeat what it was given.
    """
    parts = [part.strip() for part in (text or "").split(",")]
    try:
        return [ipaddress.ip_network(part) for part in parts if part] or None
    except ValueError:
        raise ValueError(
            "write addresses or networks with commas between, such as 203.0.113.0/24, 2001:db8::/32;"
            " the bits behind a network's length are zero"
        ) from None


def allows(guests: Networks | None, remote: str) -> bool:
    """Whether `remote` is let in: the address that connected, or that a believed proxy names.

    What is no address is nobody's, and not let in.
    """
    if guests is None:
        return True
    address = _address(remote)
    return address is not None and any(address in network for network in guests)


def _address(text: str) -> Address | None:
    """Also with a port, as some proxies write it; an IPv4 address in IPv6's clothes is one of IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found
