"""The catalogue as a page of Markdown."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from tarn.catalogue import Parameter, Query

_HEAD = """# The query catalogue

<!-- Made by `make pages` from the YAML beside the queries; a test checks that it is so. -->

{count} queries over CloudTrail events and the history of AWS Config. `tarn queries WORDS` finds
one, `tarn query NAME` runs it, `--explain` shows its SQL, and in the docs site (`dbt docs
generate`) they stand among the analyses. Parameters are given by `-p NAME=VALUE`; one that is left
out asks for nothing, or for its default. Moments are in UTC; `since` is in the window, `until` is
not, unless a query says otherwise. What is not described where it stands is described at the end:
[parameters](#parameters) and [columns](#columns) that several queries have. What was published for
CloudTrail Lake and [is not answered](#not-answered) stands there too, with the reasons.
"""
Meanings = Mapping[str, str]

# What was published for CloudTrail Lake and has no query here, each by the reason why.
NOT_ANSWERED: Mapping[str, tuple[str, ...]] = {
    """CloudTrail writes events of integrations into event data stores alone and to no bucket, and
    Tarn has no store of that kind. A record of one that is landed keeps all that it says in
    `eventData`, among its unknown fields, and has no name or actor that a query would find.""": (
        "repository: aws-cloudtrail-lake-github-audit-log / whether events arrive",
        "repository: aws-cloudtrail-lake-github-audit-log / repositories made public",
        "repository: aws-cloudtrail-lake-github-audit-log / members who were invited",
        "repository: aws-cloudtrail-lake-github-audit-log / who clones most",
    ),
    """They join CloudTrail with logs of what models were asked and answered, and with traces of
    agents: logs of other kinds, which Tarn does not land.""": (
        "repository: cloud-operations-best-practices / AI workloads 18, who asked what of a model",
        "repository: cloud-operations-best-practices / AI workloads 19, performance of sessions"
        " by caller",
        "repository: cloud-operations-best-practices / AI workloads 20, sessions, contents and"
        " performance",
        "repository: cloud-operations-best-practices / AI workloads 21, answers after changes of"
        " guardrails",
        "repository: cloud-operations-best-practices / AI workloads 22, sessions with denied calls",
    ),
    """No field ties a call of a gateway to the session that it led to: the published query pairs
    each call with every later one of any runtime.""": (
        "repository: cloud-operations-best-practices / AI workloads 17, calls of gateways with"
        " sessions of runtimes",
    ),
}


def page(queries: Iterable[Query]) -> str:
    """All of the queries by subject: what each answers, takes, shows and stands for."""
    members = sorted(queries, key=lambda query: (query.subject, query.name))
    subjects = [(name, list(group)) for name, group in groupby(members, lambda one: one.subject)]
    parameters = _usual({one.name: _told(one) for one in query.parameters} for query in members)
    columns = _usual(query.columns for query in members)
    parts = [_HEAD.format(count=len(members)), _contents(subjects)]
    for subject, group in subjects:
        parts.append(f"## {subject}\n")
        parts += [_section(query, parameters, columns) for query in group]
    parts += [*_glossary("Parameters", parameters), *_glossary("Columns", columns)]
    return "\n".join([*parts, *_unanswered()])


def _usual(described: Iterable[Meanings]) -> Meanings:
    """What a name means in most of the queries that have it, if there are several."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for meanings in described:
        for name, text in meanings.items():
            said[name][text] += 1
    most = {
        name: min(texts.items(), key=lambda one: (-one[1], one[0])) for name, texts in said.items()
    }
    return {name: text for name, (text, count) in sorted(most.items()) if count > 1}


def _glossary(title: str, meanings: Meanings) -> list[str]:
    rows = [f"| `{name}` | {_cell(text)} |" for name, text in meanings.items()]
    return [f"## {title}\n", "| | |", "|---|---|", *rows, ""]


def _unanswered() -> list[str]:
    lines = ["## Not answered", "", "Published for CloudTrail Lake, and not answered here:", ""]
    for reason, questions in NOT_ANSWERED.items():
        lines += [f"- {_cell(reason)}", *(f"    - {question}" for question in questions)]
    return [*lines, ""]


def _contents(subjects: Sequence[tuple[str, list[Query]]]) -> str:
    rows = [
        f"| [{subject}](#{subject}) | {', '.join(f'[{one.name}](#{one.name})' for one in group)} |"
        for subject, group in subjects
    ]
    return "\n".join(["| subject | queries |", "|---|---|", *rows, ""])


def _section(query: Query, parameters: Meanings, columns: Meanings) -> str:
    own = {parameter.name: _told(parameter) for parameter in query.parameters}
    lines = [f"### {query.name}", "", query.description, ""]
    if own:
        lines += _names("Parameters", own, parameters)
    lines += _names("Columns", query.columns, columns)
    lines.append(f"- Tags: {', '.join(query.tags)}")
    if query.replaces:
        lines.append(f"- Stands for {'; '.join(query.replaces)}")
    if query.corrects:
        lines.append(f"- Corrected: {_cell(query.corrects)}")
    return "\n".join([*lines, ""])


def _names(title: str, own: Meanings, usual: Meanings) -> list[str]:
    """The names in a line, and below it those that mean here what they mean nowhere else."""
    told = [(name, text) for name, text in own.items() if usual.get(name) != text]
    return [
        f"- {title}: {', '.join(f'`{name}`' for name in own)}",
        *(f"    - `{name}`: {_cell(text)}" for name, text in told),
    ]


def _told(parameter: Parameter) -> str:
    default = parameter.default
    text = str(default).lower() if isinstance(default, bool) else str(default)
    said = "" if default is None else f", `{_cell(text)}` by default"
    choices = f" One of {', '.join(parameter.choices)}." if parameter.choices else ""
    return f"{parameter.type}{said}. {parameter.description}{choices}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
