"""Our own people on the deal: who does what, who decides what, and their tasks (M47)."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsales.domain.deal import DealMember
from fieldsales.domain.fields import values_of
from fieldsales.domain.task import Task
from fieldsales.screens.funnel.deal.desk import Desk
from fieldsales.screens.funnel.deal.lists import AddingSection, Editing
from fieldsales.services.operations.deals import RemoveMember
from fieldsales.services.operations.records import AddRecord
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.lines import LineFace
from fieldsales.widgets.pieces import button

_GROUPS = (Group("", ("name", "role", "duty"), ("duty",)),)


class TeamSection(AddingSection[DealMember]):
    """A line for each, with what is theirs to do; a form below the one that is opened."""

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        super().__init__(
            desk,
            "deal_member",
            words("deal_page.team"),
            words("deal_page.add_member"),
            words("deal_page.new_member"),
        )
        self._tasks: Sequence[Task] = ()
        self._form: MemberEditing | None = None

    def show_team(self, members: Sequence[DealMember], tasks: Sequence[Task]) -> None:
        self._tasks = tasks
        self.set_count(len(members))
        self.show_items(members)

    def key(self, item: DealMember) -> str:
        return item.id

    def face(self, item: DealMember) -> LineFace:
        words = self.desk.words
        theirs = [task.title for task in self._tasks if task.assignee == item.name]
        told = words("card.and").join(theirs)
        duty = words("deal_page.has_tasks", tasks=told) if theirs else ""
        return LineFace(
            key=item.id,
            title=item.name,
            bold=True,
            chips=(ChipFace(words.choice("member_role", item.role), "accent"),),
            subtitle=" · ".join(filter(None, (item.duty, duty))) or words("deal_page.no_duty"),
            tooltip="\n".join(filter(None, (item.duty, *theirs))),
        )

    def pressed(self, item: DealMember) -> None:
        if self.open_key == item.id:
            self.close_editing()
        else:
            self.open_member(item.id)

    def open_member(self, row_id: str) -> None:
        item = self.item_of(row_id)
        if item is None:
            return
        if self._form is None:
            self._form = MemberEditing(self.desk)
        self.close_editing()
        self._form.load(item)
        self.open_editing(row_id, self._form)
        self._form.form.focus("role")

    def show_editing(self, item: DealMember) -> None:
        assert self._form is not None
        self._form.form.refresh(values_of(item))

    def add(self, text: str) -> str:
        operation = AddRecord("deal_member", {"deal_id": self.desk.deal_id, "name": text})
        return operation.row_id if self.desk.run(operation) else ""

    def added(self, row_id: str) -> None:
        self.add_line.hide()
        self.open_member(row_id)


class MemberEditing(Editing):
    """Name, role and duty of one of ours."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._member_id = ""
        self._name = ""
        self.form = Form(
            desk.look,
            "deal_member",
            _GROUPS,
            desk.commit("deal_member", self._id),
            desk.draft("deal_member", self._id),
        )
        self.inside.addWidget(self.form)
        words = desk.words
        self.remove = button(
            desk.look, words("deal_page.remove_member"), self._remove, icon="close", role="quiet"
        )
        self.buttons.insertWidget(0, self.remove)

    def _id(self) -> str:
        return self._member_id

    def load(self, member: DealMember) -> None:
        self._member_id = member.id
        self._name = member.name
        self.form.load(values_of(member), self._desk.drafts("deal_member", member.id))

    def flush(self) -> None:
        self.form.flush()

    def _remove(self) -> None:
        self.form.flush()
        said = self._desk.words("deal_page.member_removed", name=self._name)
        self._desk.run(RemoveMember(self._member_id), said)
