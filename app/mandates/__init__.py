"""Who sits for whom: seats, calls for candidates, draws, elections without candidates, texts."""
