"""File formats on one side, values of the method on the other."""
