"""One module a command, each with a click command named `command`, imported when it is called."""
