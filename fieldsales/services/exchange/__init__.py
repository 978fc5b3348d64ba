"""Everything in a file, or a customer with what belongs to it, for another file of this program.

A `Source` is what goes out, a `Package` what a file brings; `formats` turn one into a file and a
file into the other. `taking` says what a package would change and, as one operation, changes it.

All rows go out, those in the trash and the settings among them; the journal stays, as backups hold
it. What is taken over is as old as the file it came in: an older one later takes nothing back.
"""
