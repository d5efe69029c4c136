"""Import of sheets, CSV or XLSX, for every register: reading → decoding → columns and rows → what the register makes of them."""
