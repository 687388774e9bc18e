"""A small encoder that reads two passages together and says how likely they tell the same."""
