"""The algebra of stops and samples: dates in whole microseconds, unions, pieces and steps."""
