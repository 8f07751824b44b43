"""How most programs handle a webhook: one object after another through an ORM, then a commit."""

import json
import time
from datetime import UTC, datetime

from sqlalchemy import ForeignKey, String, create_engine, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bench.world import body


class Base(DeclarativeBase):
    pass


class Delivery(Base):
    __tablename__ = "peer_delivery"
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[dict[str, object]] = mapped_column(JSONB)
    done: Mapped[bool] = mapped_column(default=False)


class Contact(Base):
    __tablename__ = "peer_contact"
    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(String, unique=True)
    name: Mapped[str]


class Conversation(Base):
    __tablename__ = "peer_conversation"
    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey(Contact.id), index=True)
    status: Mapped[str] = mapped_column(default="open")
    unread: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime | None]


class Message(Base):
    __tablename__ = "peer_message"
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey(Conversation.id), index=True)
    meta_id: Mapped[str] = mapped_column(String, unique=True)
    text: Mapped[str]
    status: Mapped[str] = mapped_column(default="received")


def run(url: str, count: int) -> float:
    """Events a second."""
    socket_folder = url.split("host=")[1].split(maxsplit=1)[0]
    engine = create_engine(f"postgresql+psycopg://serai@/postgres?host={socket_folder}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(Delivery(body=json.loads(body(n))) for n in range(count))
        session.commit()
        ids = list(session.scalars(select(Delivery.id).order_by(Delivery.id)))
    began = time.perf_counter()
    for id_ in ids:
        with Session(engine) as session:
            _handle(session, id_)
            session.commit()
    seconds = time.perf_counter() - began
    engine.dispose()
    return round(count / seconds, 1)


def _handle(session: Session, id_: int) -> None:
    delivery = session.get_one(Delivery, id_)
    value = delivery.body["entry"][0]["changes"][0]["value"]  # pyright: ignore
    message = value["messages"][0]  # pyright: ignore
    phone, meta_id = str(message["from"]), str(message["id"])  # pyright: ignore
    if session.scalar(select(Message).where(Message.meta_id == meta_id)):
        return
    contact = session.scalar(select(Contact).where(Contact.phone == phone))
    if contact is None:
        contact = Contact(phone=phone, name="A Person")
        session.add(contact)
        session.flush()
    open_ = (Conversation.contact_id == contact.id) & (Conversation.status == "open")
    conversation = session.scalar(select(Conversation).where(open_))
    if conversation is None:
        conversation = Conversation(contact_id=contact.id, unread=0)
        session.add(conversation)
        session.flush()
    text = str(message["text"]["body"])  # pyright: ignore
    session.add(Message(conversation_id=conversation.id, meta_id=meta_id, text=text))
    conversation.unread += 1
    conversation.last_at = datetime.now(UTC).replace(tzinfo=None)
    delivery.done = True
