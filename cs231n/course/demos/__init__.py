"""Demos: small pictures in a notebook that answer the hand.

A demo computes in Python and draws on a canvas; none of them needs a finished exercise.
"""
