"""Sealing: opens only with the key and for the purpose it was sealed with."""

import base64
import time
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as some
from serai.kit.secrets import (
    NONCE_BYTES,
    BadKey,
    BlindIndex,
    CannotOpen,
    KeyRing,
    decode_key,
)

OLD, NEW = (sha256(name).digest() for name in (b"old", b"new"))
TOKEN = b"EAAG-a-token"
CONTEXT = b"channel:7:token"


def written(key: bytes) -> str:
    return base64.b64encode(key).decode()


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing.parse(f"k1:{written(OLD)}")


@given(some.binary(max_size=2000), some.binary(max_size=50))
def test_what_was_sealed_opens_unchanged(plain: bytes, context: bytes):
    ring = KeyRing({"k1": OLD})
    assert ring.open(ring.seal(plain, context), context) == plain


@pytest.mark.promise("SEC-04")
def test_what_is_sealed_cannot_be_read_or_recognised(ring: KeyRing):
    first, second = ring.seal(TOKEN, CONTEXT), ring.seal(TOKEN, CONTEXT)

    assert TOKEN not in first
    assert first != second


def test_the_nonce_comes_from_the_given_source(ring: KeyRing):
    sealed = ring.seal(TOKEN, CONTEXT, chance=lambda count: b"\x07" * count)
    head = bytes([1, 2]) + b"k1"

    assert sealed.startswith(head + b"\x07" * NONCE_BYTES)
    assert len(sealed) == len(head) + NONCE_BYTES + len(TOKEN) + 16


@pytest.mark.promise("SEC-04")
def test_a_value_copied_to_another_row_does_not_open(ring: KeyRing):
    with pytest.raises(CannotOpen, match="sealed for something else"):
        ring.open(ring.seal(TOKEN, CONTEXT), b"channel:8:token")


def test_no_bit_of_it_can_be_changed(ring: KeyRing):
    sealed = ring.seal(TOKEN, CONTEXT)
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(CannotOpen):
            ring.open(changed, CONTEXT)


def test_what_was_cut_short_does_not_open(ring: KeyRing):
    sealed = ring.seal(TOKEN, CONTEXT)
    for length in range(len(sealed)):
        with pytest.raises(CannotOpen):
            ring.open(sealed[:length], CONTEXT)


def test_a_key_that_is_not_on_the_ring_is_said_to_be_missing(ring: KeyRing):
    stranger = KeyRing({"k2": OLD})
    with pytest.raises(CannotOpen, match="not on the ring"):
        stranger.open(ring.seal(TOKEN, CONTEXT), CONTEXT)


@pytest.mark.promise("SEC-04")
def test_after_a_rotation_old_values_open_and_new_ones_use_the_new_key(ring: KeyRing):
    old = ring.seal(TOKEN, CONTEXT)
    rotated = KeyRing.parse(f"k2:{written(NEW)}, k1:{written(OLD)}")
    new = rotated.seal(TOKEN, CONTEXT)

    assert rotated.open(old, CONTEXT) == TOKEN
    assert (rotated.is_current(old), rotated.is_current(new)) == (False, True)
    assert KeyRing({"k2": NEW}).open(new, CONTEXT) == TOKEN
    with pytest.raises(CannotOpen):
        ring.open(new, CONTEXT)


def test_a_key_whose_name_begins_like_another_s_is_not_taken_for_it():
    assert not KeyRing({"k1": OLD}).is_current(KeyRing({"k11": OLD}).seal(TOKEN, CONTEXT))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Key 1 is not written as name:base64"),
        (written(OLD), "Key 1 is not written as name:base64"),
        (f"{written(OLD)}:k1", "Key 1 is not written as name:base64"),
        (f"k1:{written(OLD)},k2", "Key 2 is not written as name:base64"),
        (f"k1:{written(OLD)},", "Key 2 is not written as name:base64"),
        (f":{written(OLD)}", "Key 1 is not written as name:base64"),
        (f"k1:{written(OLD)},k1:{written(NEW)}", "two keys with the name 'k1'"),
        (f"k1:{written(OLD)[:-4]}", "Key 'k1' has 30 bytes; it needs 32"),
        (f"k1:{written(OLD + b'x')}", "Key 'k1' has 33 bytes; it needs 32"),
        ("k1:not base64!", "Key 'k1' is not base64"),
        ("k1:schlüssel", "Key 'k1' is not base64"),
    ],
)
def test_a_bad_key_is_named_and_not_shown(text: str, says: str):
    with pytest.raises(BadKey, match=says) as caught:
        KeyRing.parse(text)
    assert written(OLD)[:12] not in str(caught.value)


def test_a_ring_needs_a_key():
    with pytest.raises(BadKey, match="At least one key"):
        KeyRing({})


def test_the_blind_index_finds_equal_values_and_keeps_purposes_apart():
    index = BlindIndex.parse(written(OLD))
    phone = index.of("15551230987", "phone")

    assert phone == BlindIndex(OLD).of("15551230987", "phone")
    assert phone != index.of("15551230988", "phone")
    assert phone != index.of("15551230987", "username")
    assert phone != BlindIndex(NEW).of("15551230987", "phone")
    assert len(phone) == 32


def test_a_bad_index_key_is_named():
    with pytest.raises(BadKey, match="Key 'index key' has 3 bytes"):
        BlindIndex.parse(written(b"abc"))
    assert decode_key("k", written(NEW)) == NEW


def test_sealing_and_opening_cost_microseconds(ring: KeyRing):
    """Every event is sealed; the bound is wide, the least of many rounds is what counts."""
    body = b"x" * 1024

    def round_seconds() -> float:
        began = time.perf_counter()
        for _ in range(200):
            ring.open(ring.seal(body, CONTEXT), CONTEXT)
        return (time.perf_counter() - began) / 200

    assert min(round_seconds() for _ in range(20)) < 40e-6
