"""Goes through the main window and its dialogs with Tab alone, and prints what is wrong with the way, one line each.

Usage: check_focus.py PROGRAM BEFORE.json AFTER.json"""
import sys
import time

from check_names import choose, shown
from running_window import (Atspi, RunningWindow, children, describe, is_focused, key, start_display, wait_for, walk)

MOST_STOPS = 120
DIALOGS = ["New project…", "Compare recordings…", "Add from ssh…"]
problems = []


# Qt says of the current item of every list, bar and table that it has the keyboard: what holds them tells.
ITEMS = {Atspi.Role.PAGE_TAB, Atspi.Role.LIST_ITEM, Atspi.Role.TABLE_CELL, Atspi.Role.TREE_ITEM}


def has_keyboard(node):
    return is_focused(node) and node.get_state_set().contains(Atspi.StateType.SHOWING)


def focused_in(root):
    """What has the keyboard, the innermost, and the nodes above it."""
    found = None
    for node, path in walk(root):
        if node.get_role() not in ITEMS and has_keyboard(node):
            found = (node, path)
    if found is None:
        return None
    inside = [each for each in children(found[0]) if each.get_role() in ITEMS and has_keyboard(each)]
    return (inside[0], found[1] + (found[0],)) if inside else found


def rect_of(node):
    return Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN)


def goes_back(a, b):
    """Whether `b` stands before `a` for who reads from left to right and from top to bottom, pane by pane."""
    above = b.y + b.height <= a.y and b.x < a.x + a.width
    left_in_row = b.x + b.width <= a.x and b.y < a.y + a.height and a.y < b.y + b.height
    return above or left_in_row


def stop(where, window):
    found = focused_in(window)
    if found is None:
        problems.append("%s: nothing has the keyboard" % where)
        return None
    node, path = found
    rect = rect_of(node)
    return (describe(node), tuple(each.get_name() for each in path), rect.x, rect.y, rect.width, rect.height), rect


def go_through(where, window):
    """Tab until the first stop comes again. Returns the stops."""
    first = stop(where, window)
    if first is None:
        return []
    stops = [first]
    while len(stops) < MOST_STOPS:
        key("Tab")
        time.sleep(0.05)
        here = stop(where, window)
        if here is None:
            break
        if here[0] == stops[-1][0]:
            problems.append("%s: Tab does not leave %s" % (where, here[0][0]))
            break
        if any(here[0] == each[0] for each in stops):
            if here[0] != stops[0][0]:
                problems.append("%s: Tab comes back to %s and not to the first, %s" % (where, here[0][0], stops[0][0][0]))
            break
        stops.append(here)
    else:
        problems.append("%s: %d stops and no end" % (where, len(stops)))
    backwards = 0
    for before, after in zip(stops, stops[1:]):
        if goes_back(before[1], after[1]):
            backwards += 1
            # Once around: whoever began in the middle comes by the beginning.
            if backwards > 1:
                problems.append("%s: from %s back to %s" % (where, before[0][0], after[0][0]))
    return stops


def check_dialog(window, entry):
    before = len(window.windows())
    choose(window, entry)
    dialog = wait_for("the dialog of “%s”" % entry, lambda: window.windows()[-1] if len(window.windows()) > before
                      else None)
    window.give_keyboard(dialog)
    wait_for("something in “%s” to have the keyboard" % entry, lambda: focused_in(dialog))
    if len(go_through(entry, dialog)) < 2:
        problems.append("%s: fewer than two stops" % entry)
    key("Escape")
    wait_for("Escape to close “%s”" % entry, lambda: len(window.windows()) == before)


def main():
    program, before, after = sys.argv[1:4]
    display = start_display()
    try:
        with RunningWindow(program, ["--before", before, "--after", after, "--size", "1440x900"]) as window:
            wait_for("the recordings", lambda: shown(window.main(), Atspi.Role.LIST, "Diagram, AFTER"))
            window.give_keyboard(window.main())
            choose(window, "Find a server or database")
            wait_for("the search field to have the keyboard", lambda: focused_in(window.main()))
            stops = [each[0][0] for each in go_through("main window", window.main())]
            for box in ("list item “Production Backend", "list item “External"):
                if sum(each.startswith(box) for each in stops) < 1:
                    problems.append("main window: Tab does not come to %s: %s" % (box, stops))
            for entry in DIALOGS:
                check_dialog(window, entry)
    finally:
        display.terminate()
        display.wait()
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
