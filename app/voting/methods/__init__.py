"""Counting methods: a new one is one new module and its entry here, and nothing else changes."""

from typing import Any

from app.voting.methods.base import Method
from app.voting.methods.majority_judgment import MajorityJudgment
from app.voting.methods.yesno import YesNo

METHODS: dict[str, Method[Any, Any, Any]] = {
    method.key: method for method in (YesNo(), MajorityJudgment())
}
