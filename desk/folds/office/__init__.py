"""What a centre's office keeps besides cases, as pure folds and rules: cards, complaints, reviews, reports."""
