"""The one table of roles: what a role may not see is refused in words on every route, every list, every verb."""

from __future__ import annotations

import typing
from collections.abc import Iterator

import pytest

from kume_desktop import cli, texts
from kume_desktop.gui import commands, route_rights
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.page import Group
from kume_desktop.gui.routes import FieldRoute, Route, StartRoute
from kume_desktop.gui.shell.barred import BarredPage
from kume_desktop.gui.window import Window
from kume_desktop.problems import Refused
from kume_desktop.services import companion, device_work, form_work, roles, verb_rights, worker
from kume_desktop.services.roles import Right
from tests.gui.looks.walk import all_routes
from tests.gui.shell.stage import press, shown_window

FIRM = "Zeytinli Boya"
WITHOUT_STUDY = {"bring-back", "demonstration", "create-study", "about", *device_work.WORK, *form_work.VERBS}


@pytest.fixture
def windows(open_desk) -> Iterator[typing.Callable[[str], Window]]:
    """Opens the window as a person of a role."""
    stages = []

    def show(role: str) -> Window:
        open_desk.study.role = role
        open_desk.tell_changed()
        stages.append(shown_window(open_desk, StartRoute()))
        return stages[-1].__enter__()

    yield show
    for stage in stages:
        stage.__exit__(None, None, None)


def words(window: Window) -> str:
    return "\n".join(label.text() for label in window.page.findChildren(Label))


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("role", roles.ROLES)
def test_that_a_page_that_a_role_may_not_see_is_refused_in_words(windows, study_file, role, language):
    window = windows(role)
    texts.set_language(language)
    unit = window.desk.firms()[0].unit_id
    every = list(all_routes(study_file, unit))
    assert {type(route) for route in every} == set(typing.get_args(Route)) == set(route_rights.NEEDS)
    barred = [route for route in every if not route_rights.may_open(role, route)]
    assert bool(barred) is (role != roles.STAFF)
    for route in barred:
        window.go(route)
        assert isinstance(window.page, BarredPage), route
        told = words(window)
        assert FIRM not in told
        assert all(commands_word in told for commands_word in _words_of(route)), (route, told)
    if barred:
        press(window, "Return")
        assert isinstance(window.route, StartRoute)


def _words_of(route: Route) -> list[str]:
    from kume_desktop.gui import roles as role_words

    return [role_words.word(role) for role in route_rights.who_may(route)]


@pytest.mark.parametrize("role", roles.ROLES)
def test_that_rail_and_palette_offer_a_role_nothing_that_it_may_not_see(windows, role):
    window = windows(role)
    found = commands.offered(window, FIRM[:4])
    routes = [action.run.args[0] for action in found if hasattr(action.run, "args") and action.run.args]
    places = [one for one in routes if type(one) in route_rights.NEEDS]
    assert len(places) > 4
    assert [one for one in places if not route_rights.may_open(role, one)] == []
    firms = [action for action in found if action.group is Group.FIRMS]
    assert bool(firms) is route_rights.may_open(role, FieldRoute())


def test_that_every_verb_of_the_worker_and_of_the_command_line_stands_in_the_table():
    opening = (set(worker._VERBS) | set(companion.VERBS)) - WITHOUT_STUDY
    assert opening - set(verb_rights.VERBS) == set(), "say in services/verb_rights.py which right it asks for"
    (verbs,) = (action.choices for action in cli.parser()._actions if action.dest == "verb")
    assert set(verbs) - {"demo", "open"} - set(verb_rights.COMMANDS) == set(), "say in services/verb_rights.py, too"


def test_that_a_verb_is_refused_before_anything_is_read_for_it(open_desk):
    study = open_desk.study
    study.role = "data_officer"
    for verb in ("answers", "firms", "report", "review-inbox", "packages-overview", "print", "conflicts"):
        with pytest.raises(Refused) as refused:
            verb_rights.check(study, verb)
        assert refused.value.problems[0].code == "role.may-not"
    verb_rights.check(study, "person-find")
    study.role = "interviewer"
    for command in ("report", "export", "figure", "score", "rate", "person"):
        with pytest.raises(Refused):
            verb_rights.check_command(study, command)
    verb_rights.check_command(study, "package")


def test_that_every_right_is_asked_for_somewhere():
    asked = {right for rights in (*route_rights.NEEDS.values(), *verb_rights.VERBS.values()) for right in rights}
    by_services = {Right.APPROVE, Right.EXCLUDE, Right.PEOPLE}
    assert set(Right) == asked | by_services | {Right.SEND, Right.TAKE, Right.MANAGE}
