"""Receipt printers without a driver: files of the system, ports and printers of Windows, the network."""
