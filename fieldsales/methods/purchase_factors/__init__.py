"""What a deal hangs on (M24): five factors against a rival, the same on screen and on paper."""
