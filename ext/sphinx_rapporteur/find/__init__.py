"""The site's search by what is in the records: what is found is a session, a person or a figure."""
