"""FastAPI with SQLAlchemy: one insert and one commit for each request, as tutorials show."""

import os

from fastapi import FastAPI, Request
from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

app = FastAPI()
engine = create_async_engine(os.environ["BENCH_URL"], pool_size=8)
session = async_sessionmaker(engine)
ADD = text("INSERT INTO public.peer_deliveries (body) VALUES (cast(:body AS jsonb))")


@app.post("/webhooks/meta")
async def receive(request: Request) -> dict[str, str]:
    body = (await request.body()).decode()
    async with session() as db:
        await db.execute(ADD, {"body": body})
        await db.commit()
    return {"status": "ok"}
