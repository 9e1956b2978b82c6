"""What the market asks for goods: a reference drawn from the offers of other owners."""
