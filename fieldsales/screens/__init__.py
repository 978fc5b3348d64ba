"""The tabs of the window: one folder each, found by walking.

To add one: a folder with, in its `__init__`,

    TAB = Tab(order=30, icon="funnel", title="funnel.title", opens=("deal",))
    def build(context: Context) -> Screen

`order` decides its place and its `Ctrl+1…8`. A tab that lends the laptop to somebody says so by
`lent`, and the window stays away until it is back. A tab of several parts is a
`sections.SectionedScreen` and finds these in its own folders.

No tab imports another: they meet in the records, in `Context.open`, and in the modules beside the
folders, which serve several tabs.
"""
