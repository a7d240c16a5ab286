"""great-expectations, run over the parts of a suite's rows. Importing this takes seconds."""

import warnings
from collections.abc import Iterable
from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from tarn.checks.suites import BATCH, Expected, Suite
from tarn.checks.verdict import Finding, Verdict
from tarn.errors import TarnError


class Checker:
    """Checks frames. Keeps nothing on disk and asks nothing of the network."""

    def __init__(self) -> None:
        """Make a context that is gone with this process."""
        warnings.filterwarnings("ignore", module="great_expectations")
        # Its own docs would need a folder, which it makes and leaves behind.
        in_memory = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
        config = DataContextConfig(store_backend_defaults=in_memory, analytics_enabled=False)
        self._context = gx.get_context(mode="ephemeral", project_config=config)
        self._context.variables.progress_bars = ProgressBarsConfig(globally=False)
        self._source = self._context.data_sources.add_pandas("lake")

    def check(self, suite: Suite, parts: Iterable[pd.DataFrame]) -> Verdict:
        """What came of a suite over all parts of its rows. Raises TarnError for an expectation
        that great-expectations does not know."""
        findings = tuple(Finding(expected) for expected in suite.expectations)
        expectations = [_made(suite, expected) for expected in suite.expectations]
        asset = self._source.add_dataframe_asset(suite.name)
        definition = asset.add_batch_definition_whole_dataframe("part")
        rows, batches = 0, set[str]()
        for part in parts:
            rows += len(part)
            if BATCH in part.columns:
                batches.update(part[BATCH].unique())
            batch = definition.get_batch(batch_parameters={"dataframe": part})
            result = batch.validate(
                gx.ExpectationSuite(name=suite.name, expectations=expectations),
                result_format=_form(suite, part),
            )
            by_place = {_place(one): one for one in result.results}
            for place, finding in enumerate(findings):
                one = by_place[place]
                finding.add(one.result, _error(one.exception_info))
        self._source.delete_asset(suite.name)
        return Verdict(suite, findings, rows, len(batches))


def _place(result: Any) -> int:
    """Which of the suite's expectations this is the result of: they come in another order."""
    return int(result.expectation_config.meta["place"])


def _made(suite: Suite, expected: Expected) -> Any:
    try:
        return ExpectationConfiguration(
            type=expected.type,
            kwargs=expected.kwargs,
            description=expected.says,
            meta={"place": suite.expectations.index(expected)},
        ).to_domain_obj()
    except Exception as error:
        raise TarnError(
            f"Suite {suite.name}, '{expected.says}': great-expectations cannot make "
            f"{expected.type} of it ({error})."
        ) from error


def _form(suite: Suite, part: pd.DataFrame) -> dict[str, Any]:
    """Have every row named that is not as expected, by the columns that the part has."""
    return {
        "result_format": "COMPLETE",
        "unexpected_index_column_names": [name for name in suite.key if name in part.columns],
        "return_unexpected_index_query": False,
    }


def _error(told: Any) -> str | None:
    """What kept an expectation from being looked at, such as a column that is not there."""
    if not told or told.get("raised_exception") is False:
        return None
    if "exception_message" in told:
        return str(told["exception_message"])
    return "; ".join(sorted({str(one["exception_message"]) for one in told.values()}))
