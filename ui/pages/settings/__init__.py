"""设置: a card a file, and the page that they stand on."""
