"""What is there twice: found in the whole file, looked at side by side, made one."""

from __future__ import annotations

from functools import partial

from fieldsales.screens.contract import Command, Context, Screen, Tab


def commands(context: Context) -> list[Command]:
    words = context.words
    return [
        Command(words(f"duplicates.find.{noun}"), "copy", partial(context.open, "duplicates", noun))
        for noun in ("customer", "contact")
    ]


TAB = Tab(order=76, icon="copy", title="duplicates.title", place="hidden", commands=commands)


def build(context: Context) -> Screen:
    from fieldsales.screens.duplicates.page import DuplicatesScreen

    return DuplicatesScreen(context)
