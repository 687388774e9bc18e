"""Many newsrooms tell one event: what they tell alike, where they differ, and the characters that say so."""
