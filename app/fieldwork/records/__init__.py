"""The records themselves: what was done, with whom, where and when."""
