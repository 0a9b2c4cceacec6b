"""Owns why others can't join, in one sentence with its cure; asked by the command line, the desktop and the doctor."""
