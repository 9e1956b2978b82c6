"""How Django writes what nobody formats (pages of the office): as `core.i18n.times` does."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "H.i T"
DATETIME_FORMAT = "j F Y, H.i T"
SHORT_DATETIME_FORMAT = "j M Y, H.i T"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
