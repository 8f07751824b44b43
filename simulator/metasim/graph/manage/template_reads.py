"""Reads of templates: the list with filters, one by id, previews and comparisons.

Source: WhatsApp Cloud API reference, 7.1 "Endpoints", 7.5 "GET fields".
"""

from metasim.clock import to_iso
from metasim.graph.access import MANAGEMENT, need, template_for, waba_for
from metasim.graph.errors import GraphError, invalid, missing, refused
from metasim.graph.fields import chosen
from metasim.graph.manage import auth_text, health
from metasim.graph.manage.links import own_url, upload_name
from metasim.graph.manage.number_reads import version_of
from metasim.graph.manage.template_form import LANGUAGES
from metasim.graph.paging import page, stamp_of
from metasim.graph.request import Request
from metasim.shapes import Json, as_list, as_object
from metasim.sim import Sim
from metasim.verdict import text_of
from metasim.world import Template, Token, Waba

DEFAULT = ("name", "parameter_format", "components", "language", "status", "category")
FILTERS = ("status", "category", "language")
KIND = "WhatsAppBusinessHSM"
LIMITS = {"verified": 6_000}
LIMIT = 250
"""Templates of an account, unless its portfolio is verified. Source: 7.5 "limits"."""
SUMMARIES = (
    "total_count", "message_template_count", "message_template_limit",
    "are_translations_complete",
)  # fmt: skip
"""Source: 1.5 "Pagination"."""
CURSORS_END_FROM = 24
"""Version. Source: 1.1 "Known version gates"."""
CURSOR_LIFE = 3_600.0
"""Seconds; Meta says "short-lived" only."""
SPANS = (7, 30, 60, 90)
"""Days that a comparison covers. Source: 7.1 "compare"."""
DAY = 86_400
FEWEST_SENDS = 1_000


def of_account(sim: Sim, waba_id: str) -> list[Template]:
    """All templates of the account, in the order they were made."""
    return [each for each in sim.world.templates.values() if each.waba_id == waba_id]


def limit_of(sim: Sim, waba: Waba) -> int:
    """How many templates the account may have."""
    portfolio = sim.world.portfolios.get(waba.portfolio_id or "")
    return LIMIT if portfolio is None else LIMITS.get(portfolio.verification_status, LIMIT)


def listed(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The templates of an account, filtered and paged."""
    waba = waba_for(sim, token, "GET", node)
    need(token, MANAGEMENT)
    _ensure_fresh_cursor(sim, request)
    found = of_account(sim, waba.id)
    rows = [shown(sim, each, request) for each in found if _fits(sim, each, request.query)]
    answer = page(request, rows, f"{sim.desk.cursor_round}-{int(sim.clock.now())}")
    if "summary" in request.query:
        answer["summary"] = _summary(sim, waba, found, request.query["summary"])
    return answer


def _ensure_fresh_cursor(sim: Sim, request: Request) -> None:
    """Raises 131059 for a cursor of more than an hour ago. Source: 1.5; since v24."""
    stamp = stamp_of(request)
    if stamp is None or version_of(request) < CURSORS_END_FROM:
        return
    made_in, _, made_at = stamp.partition("-")
    is_fresh = made_at.isdecimal() and sim.clock.now() - int(made_at) <= CURSOR_LIFE
    if made_in != str(sim.desk.cursor_round) or not is_fresh:
        raise GraphError(131059)


def read(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """One template by id."""
    need(token, MANAGEMENT)
    return shown(sim, template_for(sim, token, node), request)


def shown(sim: Sim, template: Template, request: Request) -> Json:
    """The asked fields of one template."""
    desk = sim.desk.template(template.id)
    dated = desk.quality_at or desk.created_at or sim.clock.now()
    score: Json = {"score": desk.quality, "date": int(dated)}
    node: Json = {
        "id": template.id,
        "name": template.name,
        "language": template.language,
        "status": template.status,
        "category": template.category,
        "previous_category": desk.previous_category,
        "correct_category": desk.correct_category,
        "sub_category": desk.sub_category,
        "parameter_format": template.parameter_format,
        "components": [_readable(sim, part, request) for part in template.components],
        "quality_score": score,
        "rejected_reason": desk.rejected_reason,
        "rejection_info": desk.rejection_info,
        "message_send_ttl_seconds": desk.ttl_seconds,
        "library_template_name": desk.library_name,
        "cta_url_link_tracking_opted_out": desk.tracking_opted_out,
        "degrees_of_freedom_spec": None,
        "last_updated_time": to_iso(desk.reviewed_at or desk.created_at),
        "is_primary_device_delivery_only": False,
        "health_status": lambda: health.of_template(sim, template),
    }
    return chosen(request, node, DEFAULT, KIND)


def _readable(sim: Sim, part: Json, request: Request) -> Json:
    """An uploaded example is read back as the address of the file. Source: 7.3 "HEADER IMAGE"."""
    example = as_object(part.get("example")) or {}
    handles = as_list(example.get("header_handle")) or []
    session = sim.uploads.file(str(handles[0])) if handles else None
    if session is None:
        return part
    url = own_url(request, f"/pictures/templates/{upload_name(session.id)}")
    return {**part, "example": {**example, "header_handle": [url]}}


def previews(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The fixed texts of authentication templates. Source: 7.1, `message_template_previews`."""
    waba_for(sim, token, "GET", node)
    need(token, MANAGEMENT)
    query = request.query
    if query.get("category", "").upper() != "AUTHENTICATION":
        raise invalid("Param category must be one of {AUTHENTICATION}.")
    asked = query.get("languages") or query.get("language") or "en_US"
    languages = [each.strip() for each in asked.split(",")]
    if not set(languages) <= LANGUAGES:
        raise invalid("Param languages must be a list of Meta's language codes.")
    return {"data": [_preview(language, query) for language in languages]}


def _preview(language: str, query: dict[str, str]) -> Json:
    """In English for every language: Meta's translations are not public."""
    careful = query.get("add_security_recommendation", "").lower() == "true"
    preview: Json = {
        "body": auth_text.body(careful),
        "buttons": [{"autofill_text": auth_text.AUTOFILL, "text": auth_text.COPY}],
        "language": language,
    }
    minutes = query.get("code_expiration_minutes")
    if minutes is not None:
        if not minutes.isdecimal() or not 1 <= int(minutes) <= 90:
            raise invalid("Param code_expiration_minutes must be 1 to 90.")
        preview["footer"] = auth_text.footer(int(minutes))
    return preview


def compare(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Two templates side by side over 7, 30, 60 or 90 days. Source: 7.1, `compare`."""
    need(token, MANAGEMENT)
    own = template_for(sim, token, node)
    given = request.parameters()
    ids = _ids(given.get("template_ids"))
    if len(ids) != 1:
        raise missing("template_ids")
    other = template_for(sim, token, ids[0])
    if own.waba_id != other.waba_id:
        raise refused("Both templates must belong to one WhatsApp Business Account.")
    start, end = _span(given)
    pair = [own, other]
    counts = {each.id: _sends_of(sim, each, start, end) for each in pair}
    if min(counts.values()) < FEWEST_SENDS:
        raise refused(f"Both templates need at least {FEWEST_SENDS} sends in that time.")
    sends = [{"key": key, "value": count} for key, count in counts.items()]
    return {
        "data": [
            {
                "metric": "BLOCK_RATE",
                "type": "RELATIVE",
                "order_by_relative_metric": [each.id for each in pair],
            },
            {"metric": "MESSAGE_SENDS", "type": "NUMBER_VALUES", "number_values": sends},
            {
                "metric": "TOP_BLOCK_REASON",
                "type": "STRING_VALUES",
                "string_values": [
                    {"key": each.id, "value": "UNKNOWN_BLOCK_REASON"} for each in pair
                ],
            },
        ]
    }


def _ids(value: object) -> list[str]:
    rows = as_list(value)
    texts = [str(row) for row in rows] if rows is not None else str(value or "").split(",")
    return [text.strip(" []\"'") for text in texts if text.strip(" []\"'")]


def _span(given: Json) -> tuple[int, int]:
    start, end = str(given.get("start", "")), str(given.get("end", ""))
    if not start.isdecimal() or not end.isdecimal():
        raise GraphError(100, message="(#100) start and end are unix seconds.")
    if int(end) - int(start) not in [days * DAY for days in SPANS]:
        raise refused("start and end must be 7, 30, 60 or 90 days apart.")
    return int(start), int(end)


def _sends_of(sim: Sim, template: Template, start: int, end: int) -> int:
    def is_of(body: Json) -> bool:
        content: Json = body.get("template") or {}
        language: Json = content.get("language") or {}
        return (content.get("name"), language.get("code")) == (template.name, template.language)

    return sum(
        start <= send.at <= end and is_of(send.body) for send in list(sim.ledger.sends.values())
    )


def _summary(sim: Sim, waba: Waba, found: list[Template], asked: str) -> Json:
    names = [name for name in asked.split(",") if name]
    unknown = next((name for name in names if name not in SUMMARIES), None)
    if unknown is not None:
        raise invalid(f"Param summary must be one of {{{', '.join(SUMMARIES)}}}.")
    by_name: dict[str, set[str]] = {}
    for template in found:
        by_name.setdefault(template.name, set()).add(template.language)
    languages = {template.language for template in found}
    summary: Json = {
        "total_count": len(found),
        "message_template_count": len(by_name),
        "message_template_limit": limit_of(sim, waba),
        "are_translations_complete": all(each == languages for each in by_name.values()),
    }
    return {name: summary[name] for name in names}


def _fits(sim: Sim, template: Template, query: dict[str, str]) -> bool:
    """`name` finds parts of names, the others compare whole values in any case."""
    words = text_of(template).casefold()
    if query.get("name", "") not in template.name:
        return False
    if query.get("content", "").casefold() not in words:
        return False
    either = query.get("name_or_content", "").casefold()
    if either not in template.name and either not in words:
        return False
    score = query.get("quality_score")
    if score and score.upper() not in _ids(sim.desk.template(template.id).quality):
        return False
    return all(
        str(getattr(template, name)).casefold() in [each.casefold() for each in _ids(query[name])]
        for name in FILTERS
        if query.get(name)
    )
