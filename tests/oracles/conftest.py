"""Other people's counters are no dependency of ours: only `script/test --oracles` has them."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("pabutools") else ["test_*.py"]
