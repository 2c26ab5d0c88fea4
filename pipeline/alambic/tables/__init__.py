"""From records to typed tables; their schemas are the data dictionary."""
