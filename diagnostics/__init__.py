"""The method: values in, values out. Knows no web, file, clock or database."""
