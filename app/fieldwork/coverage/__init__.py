"""How much of the plan is done, and what is still thin."""
