"""The demo city: invented shops, people and purchases, made through the same services everybody uses."""
