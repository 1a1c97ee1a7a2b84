"""Which names, called how, with what state: every rule that decides whether a file is opened."""
