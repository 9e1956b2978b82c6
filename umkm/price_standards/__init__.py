"""The city's unit-price standard (Standar Satuan Harga): the highest price an office pays for goods, by decree."""
