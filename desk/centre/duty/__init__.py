"""What people do by their posts: rosters, opinions, assignments, papers that go out, many accepted at once."""
