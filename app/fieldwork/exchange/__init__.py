"""Fieldwork in and out as files: workbooks, evidence folders, codebooks."""
