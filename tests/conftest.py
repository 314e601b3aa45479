"""Settings of the tests: no property test fails because the machine is busy; English is spoken."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("fixnews", deadline=None)
settings.load_profile("fixnews")

os.environ["LC_ALL"] = "C.UTF-8"
