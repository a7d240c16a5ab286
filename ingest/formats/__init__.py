"""What an object holds: from stored bytes to records, nothing lost on the way."""
