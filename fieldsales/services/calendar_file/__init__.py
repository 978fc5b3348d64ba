"""Calendar files (iCalendar, RFC 5545): what is planned handed to a telephone, and back."""
