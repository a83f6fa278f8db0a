"""What single races decide together: events, seasons, and the places at the Games."""
