"""What customers owe (M42): the picture of how old it is."""
