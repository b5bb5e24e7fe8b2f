"""Tests of the room across councils."""
