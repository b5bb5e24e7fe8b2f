"""A brief in the making: its pages, and what they change."""
