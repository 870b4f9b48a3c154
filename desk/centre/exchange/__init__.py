"""What a centre takes from nodes and tells them: batches, feed, letters, pictures, sticks; who may speak to it."""
