"""The funnel (M25): its numbers as pictures, the same on screen and on paper."""
