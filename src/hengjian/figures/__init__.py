"""Figures in texts and in the register: periods, numbers with their words, and whether a text says what was released.

Pure: no framework, no clock. What is registered, and who may see it, the caller says.
"""
