"""What is shown without being told: that somebody holds a log, and whose words a past is."""
