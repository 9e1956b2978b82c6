"""Silence after a recorded arrival means accepted, after this long."""

from epeken.core.rules import Hours
from umkm.catalogue.states import Keeps

SILENCE = {
    Keeps.COOKED: Hours("delivery.silence_cooked"),
    Keeps.FRESH: Hours("delivery.silence_fresh"),
    Keeps.DRY: Hours("delivery.silence_dry"),
    Keeps.OTHER: Hours("delivery.silence_other"),
}
