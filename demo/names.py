"""Names that teams give to things; one short list, so that the demo reads like a company."""

from __future__ import annotations

from demo.simulation import Simulation

TEAMS = ("billing", "orders", "search", "mobile", "data", "platform")
THINGS = ("exports", "uploads", "reports", "backups", "images", "archive", "events", "models")
JOBS = ("api", "worker", "importer", "nightly", "thumbnailer", "notifier", "indexer", "cleaner")
COST_CENTERS = ("1010", "2040", "3300", "4711")
POLICIES = (
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
    "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy",
    "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
)


def bucket_name(sim: Simulation) -> str:
    """A bucket name nobody else has."""
    return f"{_team(sim)}-{sim.random.choice(THINGS)}-{sim.ids.hexadecimal(6)}"


def job_name(sim: Simulation) -> str:
    """A name for a role, a function, a group or a user of a program."""
    return f"{_team(sim)}-{sim.random.choice(JOBS)}-{sim.ids.hexadecimal(4)}"


def tags(sim: Simulation) -> dict[str, str]:
    """A team and a cost center, the latter looking like a number."""
    return {"team": _team(sim), "cost-center": sim.random.choice(COST_CENTERS)}


def _team(sim: Simulation) -> str:
    return sim.random.choice(TEAMS)
