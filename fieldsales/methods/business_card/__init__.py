"""A contact's business card to scan with a phone (M15): a vCard as a QR code."""
