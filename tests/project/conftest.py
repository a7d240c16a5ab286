"""What the tests of the project's rules share: one copy of the project, with its lakes."""

import pytest
from workshop import Workshop, open_workshop


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Workshop:
    """A project and lakes in which every test passes; who changes it puts it back."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    return open_workshop(shared, tmp_path_factory.mktemp("workshop") / "project")
