"""Why a message that may go has not gone yet, in words for people."""

WAITS = {
    "turn": "It goes as soon as it is its turn.",
    "retry": "Meta was busy or away. Serai tries again by itself.",
    "pair": "WhatsApp takes only so many messages in a row to one person. The rest follow one by one.",
    "people": "Meta lets the company write first to only so many people in 24 hours. It goes as soon as"
    " there is room, or when they write.",
    "template_day": "Your own limit for this template is reached today. It goes tomorrow.",
    "meta": "Meta sent it back for now. Serai tries again later by itself.",
    "undo": "It goes in a few seconds. Until then it can be undone.",
    "file": "Its file is on the way to Meta.",
}
"""By what it waits for; `turn` is everything that is held back by nothing but the queue."""
