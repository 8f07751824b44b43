"""/businesses"""

from fastapi import APIRouter

from serai.features.businesses.api import hours, routes

router = APIRouter(tags=["businesses"])
router.include_router(routes.router)
router.include_router(routes.creating)
router.include_router(hours.router)
