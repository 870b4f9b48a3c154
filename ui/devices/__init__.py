"""What hangs on the PC: printers, the camera's folder, pictures."""
