"""What a business tells of itself."""

from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

READ = """
    SELECT address, website, email, phone, languages
      FROM business_profiles WHERE business_id = %(business_id)s
"""
WRITE = """
    INSERT INTO business_profiles (business_id, address, website, email, phone, languages)
    VALUES (%(business_id)s, %(address)s, %(website)s, %(email)s, %(phone)s, %(languages)s)
        ON CONFLICT (business_id)
        DO UPDATE SET address = excluded.address, website = excluded.website, email = excluded.email,
                      phone = excluded.phone, languages = excluded.languages
"""


class Profile(Struct, frozen=True, kw_only=True):
    address: str | None = None
    website: str | None = None
    email: str | None = None
    phone: str | None = None
    languages: tuple[str, ...] = ()
    """Codes, those that its people answer in."""


async def read(conn: Conn, business: UUID) -> Profile:
    """An empty one, if nothing was said yet."""
    rows = await fetch(conn, Profile, READ, {"business_id": business})
    return rows[0] if rows else Profile()


async def write(conn: Conn, business: UUID, profile: Profile) -> None:
    values = {name: getattr(profile, name) for name in profile.__struct_fields__}
    values["languages"] = list(profile.languages)
    await conn.execute(WRITE, values | {"business_id": business})
