"""What every page needs: templates, forms, errors, protection, dates."""
