"""The `tarn` command and what it needs to ask the lake."""
