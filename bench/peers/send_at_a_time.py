"""How most programs send: a row is taken, marked, sent and marked again, one after the other.

    python -m bench.peers.send_at_a_time URL NUMBER COUNT DATABASE

Prints sends a second, and milliseconds of the processor for each.
"""

import sys
import time

import httpx2
from serai.app.demo import world
from serai.core.ids import MessageId, MetaId, Person, Who, derived
from serai.core.template import TemplateRef
from serai.meta.whatsapp.payload import request_for
from sqlalchemy import String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bench.campaign import SHIPPED, phone


class Base(DeclarativeBase):
    pass


class Waiting(Base):
    __tablename__ = "peer_waiting"
    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting", index=True)
    meta_id: Mapped[str | None] = mapped_column(String, unique=True)


def run(url: str, number: str, count: int, database: str) -> float:
    """Sends a second."""
    socket_folder = database.split("host=")[1].split(maxsplit=1)[0]
    engine = create_engine(f"postgresql+psycopg://serai@/postgres?host={socket_folder}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(Waiting(phone=phone(n)) for n in range(count))
        session.commit()
    token = next(each.token for each in world.NUMBERS if each.id == number)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    began = time.perf_counter()
    with httpx2.Client(base_url=f"{url}/v25.0/", headers=headers) as client:
        for _ in range(count):
            with Session(engine) as session:
                _send_next(session, client, number)
    return count / (time.perf_counter() - began)


def _send_next(session: Session, client: httpx2.Client, number: str) -> None:
    row = session.scalars(
        select(Waiting).where(Waiting.state == "waiting").order_by(Waiting.id).limit(1)
    ).one()
    row.state = "under_way"
    session.commit()
    content = TemplateRef(
        name=str(SHIPPED["name"]), language=str(SHIPPED["language"]), parameters=("DH-1", "Friday")
    )
    who = Who(MetaId(number), Person(phone=row.phone))
    request = request_for(MessageId(derived("peer", str(row.id))), content, who)
    answer = client.post(request.path, content=request.body)
    assert answer.status_code == 200, answer.text
    row.meta_id = answer.json()["messages"][0]["id"]
    row.state = "sent"
    session.commit()


if __name__ == "__main__":
    before = time.process_time()
    rate = run(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
    print(rate, (time.process_time() - before) * 1000 / int(sys.argv[3]))
