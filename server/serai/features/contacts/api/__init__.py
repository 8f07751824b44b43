"""People as the outside sees them."""

from fastapi import APIRouter

from serai.features.contacts.api import (
    attributes,
    consent,
    history,
    identities,
    import_rows,
    imports,
    jobs,
    merges,
    routes,
    tags,
)

router = APIRouter()
PARTS = (
    tags, attributes, merges, routes, identities, consent, history, jobs, imports, import_rows,
)  # fmt: skip
for part in PARTS:
    router.include_router(part.router)
