"""Settings, URLs, API and worker."""
