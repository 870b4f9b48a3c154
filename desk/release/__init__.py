"""Updates without internet: signed packages of the program, and which of the programs on this machine is started."""
