"""What single races decide together: an event from its semifinals to the overall ranking."""
