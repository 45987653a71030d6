"""Partners of the centre: who does what for whom, conventions, social schemes, orientations."""
