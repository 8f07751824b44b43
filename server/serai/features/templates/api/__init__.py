"""/templates"""

from fastapi import APIRouter

from serai.features.templates.api import review, routes

router = APIRouter(tags=["templates"])
router.include_router(routes.router)
router.include_router(review.router)
