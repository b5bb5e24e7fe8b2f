"""The frame: how many people work in each role group and service area."""
