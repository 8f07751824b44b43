"""/me/drafts, /me/habits, /views, /quick-replies, /search."""

from fastapi import APIRouter

from serai.features.desk.api import own, replies, search, views

router = APIRouter()
for each in (own, replies, search, views):
    router.include_router(each.router)
