"""Mail in: take a message in once, read it in a child process, file it or lay it before a person."""
