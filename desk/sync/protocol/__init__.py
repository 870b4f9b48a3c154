"""The bytes between two nodes: envelope, seal, batch, letter, part, feed. PROTOCOL.md beside tells each of them."""
