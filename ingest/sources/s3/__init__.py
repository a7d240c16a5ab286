"""Objects in S3. Nothing here imports boto3 before a client is made: that takes a while."""
