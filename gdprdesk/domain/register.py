"""What the file itself has to remember, whatever business it belongs to."""

from __future__ import annotations

from gdprdesk.domain.base import Entity, Mapped, NotPersonal, mapped_column


class RegisterState(Entity):
    """One row in each register.

    Attributes:
        register_id: What ties the file to its keys.
        ledger_key: Signs the ledger of the erased; survives a new vault key.
        pages_unclean: An erasure waits for the cleaning of pages.
        last_booking_number: The highest order number given so far, its order erased or not.
        last_invoice_number: The highest invoice number given so far, its invoice erased or not.
        last_gift_card_number: The highest number of a gift card that was counted here.
        last_case_number: The highest number of a request, an instruction or a breach so far.
        audit_key: Chains the log; survives a new vault key.
        log_from: The number of the last entry that the log has let go of when its time was over.
        log_from_digest: Its digest, to which the oldest entry that is left is tied.
        journal_key_waits: The keys were changed by somebody who does not hold the journal's, so
            that this stayed as it was.
    """

    __tablename__ = "register_state"

    id: Mapped[NotPersonal[int]] = mapped_column(init=False, primary_key=True)
    register_id: Mapped[NotPersonal[str]]
    ledger_key: Mapped[NotPersonal[bytes]]
    pages_unclean: Mapped[NotPersonal[bool]] = mapped_column(default=False)
    last_booking_number: Mapped[NotPersonal[int]] = mapped_column(default=0)
    last_invoice_number: Mapped[NotPersonal[int]] = mapped_column(default=0)
    last_gift_card_number: Mapped[NotPersonal[int]] = mapped_column(default=0)
    last_case_number: Mapped[NotPersonal[int]] = mapped_column(default=0)
    audit_key: Mapped[NotPersonal[bytes]] = mapped_column(default=b"")
    log_from: Mapped[NotPersonal[int]] = mapped_column(default=0)
    log_from_digest: Mapped[NotPersonal[str]] = mapped_column(default="")
    journal_key_waits: Mapped[NotPersonal[bool]] = mapped_column(default=False)
