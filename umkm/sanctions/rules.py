"""How long a warning or a freeze stays in force, and how soon the next step may follow."""

from epeken.core.rules import Days, Text
from umkm.sanctions.states import SanctionLevel

IN_FORCE = {
    SanctionLevel.SP1: Days("seller.sp1_days"),
    SanctionLevel.SP2: Days("seller.sp2_days"),
    SanctionLevel.SP3: Days("seller.sp3_days"),
    SanctionLevel.FREEZE: Days("seller.freeze_days"),
}
# A shop has so long to mend its ways before the next step.
NEXT_STEP = Days("seller.sanction_step_days")
BASIS = Text("seller.sanction_basis")  # what the letter names as its legal ground
SIGNER = Text("seller.sanction_signer")  # as what an officer signs it
RECORD = Days("seller.sanction_record_days")  # how far back the shop's record is shown to who gives one
