"""The page on which pipelines and their stages are changed."""
