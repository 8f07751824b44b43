"""People as the outside sees them."""

from fastapi import APIRouter

from serai.features.contacts.api import attributes, consent, identities, merges, routes, tags

router = APIRouter()
for part in (tags, attributes, merges, routes, identities, consent):
    router.include_router(part.router)
