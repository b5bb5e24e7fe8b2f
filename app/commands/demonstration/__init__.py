"""The demonstration: invented councils from a first draft to a second wave, and people to look at them as."""
