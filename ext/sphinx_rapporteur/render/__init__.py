"""From records to what is shown: described once as plain parts, emitted as HTML or as docutils nodes."""
