"""What cameras, scanners, telephones and offices give: files told by their content, their pages, pictures of them."""
