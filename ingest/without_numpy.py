"""Imported before pyarrow by processes that land and do nothing else.

pyarrow imports numpy where there is one, for what landing has no use of: a tenth of a second in
each process, of which landing a few small files is mostly made.
"""

import sys

sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]
