"""Where objects come from: local files and folders."""
