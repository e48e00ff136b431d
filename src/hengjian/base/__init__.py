"""What every package stands on: errors with positions, article references, periods, points, local times.

Pure: imports nothing of the project and reads no clock, file or environment.
"""
