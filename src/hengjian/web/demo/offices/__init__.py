"""One file an office of the invented province; each has an ``OFFICE`` (see ``hengjian.web.demo.office``)."""
