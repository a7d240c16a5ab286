"""Lands raw CloudTrail events and AWS Config configuration items as Parquet."""
