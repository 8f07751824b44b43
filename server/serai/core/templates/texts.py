"""Text values of a template: each variable with its value, or a problem that names it."""

from collections.abc import Mapping, Sequence

from serai.core.templates.values import Problem, Template, Texts, text_problem

NO_LABELS: Mapping[str, str] = {}


def texts(
    template: Template, names: Sequence[str], given: Texts, at: str
) -> tuple[dict[str, str], list[Problem]]:
    """Value by variable, with fallbacks where one is missing."""
    labels: Mapping[str, str] = template.labels if at == "body" else NO_LABELS
    values, problems = _by_name(names, given, labels, at)
    words: dict[str, str] = {}
    for name in names:
        label = labels.get(name, name)
        place = at if at.endswith("header") else f"{at}.{label}"
        value = values.get(name) or template.fallbacks.get(place)
        if value is None or value == "":
            problems.append(Problem(place, f"The value for {label} is missing.", label, "missing"))
            continue
        wrong = text_problem(value)
        if wrong:
            problems.append(Problem(place, wrong, label))
        words[name] = value
    return words, problems


def _by_name(
    names: Sequence[str], given: Texts, labels: Mapping[str, str], at: str
) -> tuple[dict[str, str | None], list[Problem]]:
    """What was given, by variable, and what nobody asked for."""
    if isinstance(given, Mapping):
        by_label = {label: name for name, label in labels.items()}
        renamed = {by_label.get(key, key): value for key, value in given.items()}
        surplus = [
            Problem(f"{at}.{name}", f"The template has no variable {name}.", name, "surplus")
            for name in renamed
            if name not in names
        ]
        return renamed, surplus
    surplus = [
        Problem(
            f"{at}[{number}]", f"The template has only {len(names)} variables here.", kind="surplus"
        )
        for number in range(len(names), len(given))
    ]
    return dict(zip(names, given, strict=False)), surplus
