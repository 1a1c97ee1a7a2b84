"""Worker processes: starting and ending them, their sandbox, and the messages that cross."""
