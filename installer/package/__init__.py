"""Packages that a village or a centre installs, built by installer/build.py. The standard library alone."""
