"""Tables as offices send them: read by what they are, whatever they are called; nothing is judged here."""
