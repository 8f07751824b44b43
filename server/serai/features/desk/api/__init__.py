"""/me/drafts, /me/habits, /views, /quick-replies."""

from fastapi import APIRouter

from serai.features.desk.api import own

router = APIRouter()
router.include_router(own.router)
