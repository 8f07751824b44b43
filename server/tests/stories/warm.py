"""Imported before processes are forked: makes once what each of them would make of the routes."""

from fastapi.testclient import TestClient
from serai.app.http import application
from serai.kit.settings import Settings

KEY = "A" * 43 + "="


def answer_once() -> None:
    """The application reads its routes when somebody asks for the first time."""
    given = {"database_url": "postgresql://nowhere", "keys": f"none:{KEY}", "index_key": KEY}
    TestClient(application(Settings.model_validate(given))).get("/api/v1/nothing")


answer_once()
