"""Tables dumped without columns: the types of their words carry them."""
