"""What people see of the hall: its windows, on and off, where the others are."""
