"""Readers and writers: where bytes come from, what a file may look like, which keys are written."""
