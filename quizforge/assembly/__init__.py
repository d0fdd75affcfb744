"""From a quiz file to parallel forms: questions picked for a blueprint, and shown in an order of each form's own."""
