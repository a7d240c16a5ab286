"""One module per recorded type: its calls as CloudTrail logs them, its item as Config shows it.

A kit has `new(...)`, which makes a resource that nobody has created yet; functions
that answer a `Change` (a call and what it does to the resource); and `render`,
which answers `configuration` and `supplementaryConfiguration`.
"""
