"""What the house holds on each person: shown, corrected, handed over, erased, and for how long."""
