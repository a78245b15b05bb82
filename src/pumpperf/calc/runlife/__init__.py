"""How long pumps run: lives, survival, Weibull, competing modes."""
