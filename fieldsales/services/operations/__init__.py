"""Every change that can be made, by topic; each is a frozen dataclass derived from `Operation`."""
