"""Who holds what, what each may do, and what was done: the rooms of the direction."""
