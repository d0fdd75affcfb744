"""What is known of foreign formats: names, shapes, escapes and limits that their writers and readers share."""
