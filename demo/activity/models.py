"""Who calls models and agents of Bedrock, and who changes what guards them."""

from __future__ import annotations

from demo.activity.base import AFTERNOON, MORNING, Deed, Stage, data
from demo.calls import Call, Failure
from demo.clock import MINUTE
from demo.organization import PEOPLE

_, BOB, CAROL, DAN, _, _ = PEOPLE
MODEL = "anthropic.claude-3-haiku-20240307-v1:0"
FORBIDDEN = Failure("AccessDeniedException", "You don't have access to the model.")
KNOWLEDGE = {"knowledgeBaseId": "KB12345678"}


def deeds(stage: Stage) -> list[Deed]:
    """A day of models; guards are changed on some days."""
    asked = {"modelId": MODEL}
    calls = [Call("bedrock", "InvokeModel", asked, None, True) for _ in range(3)]
    calls.append(Call("bedrock", "InvokeModelWithResponseStream", asked, None, True))
    refused = Call("bedrock", "InvokeModel", {"modelId": "amazon.titan-text-premier-v1:0"})
    reads = [
        data(Call("bedrock", "Retrieve", dict(KNOWLEDGE), None, True)),
        data(Call("bedrock", "InvokeAgent", {"agentId": "AGENT12345"}, None, True)),
        Call("bedrock", "ListKnowledgeBases", None, None, True),
    ]
    return [
        *stage.app("orders-api", MORNING + 7 * MINUTE, calls),
        *stage.at(DAN, AFTERNOON + 6 * MINUTE, [refused.refused(FORBIDDEN)]),
        *stage.at(CAROL, AFTERNOON + 7 * MINUTE, reads),
        *stage.at(BOB, AFTERNOON + 8 * MINUTE, _guards(stage.number % 7)),
    ]


def _guards(number: int) -> list[Call]:
    group = {"loggingConfig": {"cloudWatchConfig": {"logGroupName": "/bedrock/invocations"}}}
    acts = {
        0: [
            Call("bedrock", "PutModelInvocationLoggingConfiguration", group),
            Call("bedrock", "CreateGuardrail", {"name": "no-personal-data"}, {"version": "DRAFT"}),
        ],
        3: [Call("bedrock", "DeleteModelInvocationLoggingConfiguration")],
    }
    return acts.get(number, [])
