"""What is shown without being told: a code, a log that somebody holds, how far one has a log, whose words a past is."""
