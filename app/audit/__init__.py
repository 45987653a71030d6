"""What the team did, chained line to line: who, what, before and after, and why."""
