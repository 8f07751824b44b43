"""/businesses"""

from fastapi import APIRouter

from serai.features.businesses.api import hours, preview, profile, routes

router = APIRouter(tags=["businesses"])
router.include_router(routes.router)
router.include_router(routes.creating)
router.include_router(hours.router)
router.include_router(preview.router)
router.include_router(profile.router)
