"""How failures recur: mean cumulative function, growth and trend."""
