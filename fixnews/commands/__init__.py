"""What each command does, from settings to exit code: a file a command, what they share in `job`.

`cli` reads the options, and imports a command's file when it is called.
"""
