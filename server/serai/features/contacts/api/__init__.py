"""People as the outside sees them."""

from fastapi import APIRouter

from serai.features.contacts.api import (
    attributes,
    consent,
    history,
    identities,
    imports,
    jobs,
    merges,
    routes,
    tags,
)

router = APIRouter()
for part in (tags, attributes, merges, routes, identities, consent, history, jobs, imports):
    router.include_router(part.router)
