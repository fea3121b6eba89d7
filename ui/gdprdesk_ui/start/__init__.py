"""What is shown before a register is open: unlock, forgotten password, which register, first run.

Nothing here knows a database, so that the first window comes at once.
"""
