"""What `./run test` runs: all of it, or one of four jobs by name."""

WHOLE = ("server/tests", "simulator/tests", "e2e")
JOBS = {
    "unit": (
        "server/tests/architecture",
        "server/tests/core",
        "server/tests/kit",
        "server/tests/meta",
        "simulator/tests",
    ),
    "integration": (
        "server/tests/app",
        "server/tests/engine",
        "server/tests/faults",
        "server/tests/features",
        "server/tests/stories",
        "e2e",
    ),
    "performance": (
        "server/tests/app/test_query_budget.py",
        "server/tests/stories/test_soak.py",
        "server/tests/stories/test_under_fire.py",
        "e2e/test_first_load.py",
    ),
    "security": ("server/tests/security",),
}
"""One rule or one part by itself; parts with each other; how much and how often; attacks on ourselves."""
