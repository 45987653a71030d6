"""Reports, the queue, what is hidden and why, sanctions."""
