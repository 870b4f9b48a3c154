"""The pages of a document as a screen shows them, without a reader of PDF."""
