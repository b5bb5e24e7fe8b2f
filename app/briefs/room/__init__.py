"""Where a brief is made: its sentences beside their evidence, two signatures, and its publication."""
