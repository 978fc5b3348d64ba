"""SPIN (M27): questions that lead from a situation to a benefit."""
