"""What a person makes of the proposed sentences: pure, and checked."""
