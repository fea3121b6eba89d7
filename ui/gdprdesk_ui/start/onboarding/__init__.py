"""Four steps from nothing to a filled register, and the recovery key on paper."""

from gdprdesk_ui.start.onboarding.guide import Onboarding, first_run

__all__ = ["Onboarding", "first_run"]
