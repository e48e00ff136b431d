"""Documents beside the record: read, compared, decided item by item, carried into corrections or new rows."""
