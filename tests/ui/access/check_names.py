"""Opens the real program and its dialogs and prints what a screen reader's user would miss, one line each:
controls without a name or with a role that says nothing, and what the diagram says but the table does not.

Usage: check_names.py PROGRAM BEFORE.json AFTER.json EXPECTED.json"""
import json
import sys

from running_window import (Atspi, RunningWindow, children, describe, find, is_shown, key, plain, press, start_display,
                            wait_for, walk)

# What can be operated or has the keyboard must have a name; these roles say what it is.
CONTROLS = {
    Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON, Atspi.Role.CHECK_BOX, Atspi.Role.RADIO_BUTTON,
    Atspi.Role.COMBO_BOX, Atspi.Role.TEXT, Atspi.Role.ENTRY, Atspi.Role.PASSWORD_TEXT, Atspi.Role.LIST,
    Atspi.Role.LIST_ITEM, Atspi.Role.TABLE, Atspi.Role.TREE, Atspi.Role.TREE_TABLE, Atspi.Role.PAGE_TAB,
    Atspi.Role.PAGE_TAB_LIST, Atspi.Role.MENU, Atspi.Role.MENU_ITEM, Atspi.Role.CHECK_MENU_ITEM,
    Atspi.Role.RADIO_MENU_ITEM, Atspi.Role.SPIN_BUTTON, Atspi.Role.SLIDER, Atspi.Role.PROGRESS_BAR,
    Atspi.Role.TABLE_COLUMN_HEADER, Atspi.Role.DIALOG, Atspi.Role.BUTTON_MENU if hasattr(Atspi.Role, "BUTTON_MENU")
    else Atspi.Role.PUSH_BUTTON,
}
# Where the keyboard can be, these say nothing of what is there.
EMPTY_ROLES = {Atspi.Role.FILLER, Atspi.Role.UNKNOWN, Atspi.Role.PANEL, Atspi.Role.INVALID, Atspi.Role.LAYERED_PANE}

problems = []


def place_of(path):
    return " › ".join(each.get_name() for each in path if each.get_name())


def check_tree(where, root):
    """Names and roles of everything that shows below a window."""
    seen = 0
    for node, path in walk(root):
        states = node.get_state_set()
        if not states.contains(Atspi.StateType.SHOWING) and node.get_role() != Atspi.Role.MENU_ITEM:
            continue
        seen += 1
        name = (node.get_name() or "").strip()
        focusable = states.contains(Atspi.StateType.FOCUSABLE) and states.contains(Atspi.StateType.ENABLED)
        if not name and node.get_role() in CONTROLS:
            problems.append("%s: %s has no name, in %s" % (where, node.get_role_name(), place_of(path)))
        elif focusable and node.get_role() in EMPTY_ROLES and not name:
            problems.append("%s: %s has the keyboard but no role, in %s" % (where, describe(node), place_of(path)))
        elif focusable and not name and node.get_role() != Atspi.Role.TABLE_CELL:
            problems.append("%s: %s has the keyboard but no name, in %s" % (where, node.get_role_name(), place_of(path)))
    if seen < 3:
        problems.append("%s: only %d things are there" % (where, seen))


def texts_of(node):
    return [each.get_name() or "" for each, _ in walk(node)]


def check_table(window, expected):
    """That the table, read cell by cell, says all that the diagrams say."""
    choose(window, "Show table")
    table = wait_for("the table", lambda: shown(window.main(), Atspi.Role.TABLE, "Servers and their databases"))
    said = "\n".join(texts_of(table))
    for text in expected["table"]:
        if text not in said:
            problems.append("table: does not say “%s”" % text)
    for side, boxes in expected["diagrams"].items():
        diagram = shown(window.main(), Atspi.Role.LIST, side)
        if diagram is None:
            problems.append("%s: is no list that shows" % side)
            continue
        names = [box.get_name() for box in children(diagram)]
        for box in boxes:
            if not any(all(part in name for part in box) for name in names):
                problems.append("%s: no box says %s but %s" % (side, box, names))


def shown(root, role, name):
    for node, _ in walk(root):
        if node.get_role() == role and plain(node.get_name()) == name and is_shown(node):
            return node
    return None


def choose(window, entry):
    """An entry of the menus."""
    item = find(window.main(), Atspi.Role.MENU_ITEM, entry) or find(window.main(), Atspi.Role.CHECK_MENU_ITEM, entry)
    assert item is not None, "no menu has “%s”" % entry
    press(item)
    return item


def check_dialog(window, entry):
    """Opens the dialog of a menu's entry, looks at it, and closes it by Escape."""
    item = find(window.main(), Atspi.Role.MENU_ITEM, entry)
    if item is None or not item.get_state_set().contains(Atspi.StateType.ENABLED):
        return False
    before = len(window.windows())
    choose(window, entry)
    dialog = wait_for("the dialog of “%s”" % entry, lambda: window.windows()[-1] if len(window.windows()) > before
                      else None)
    check_tree(entry, dialog)
    window.give_keyboard(dialog)
    key("Escape")
    try:
        wait_for("Escape to close “%s”" % entry, lambda: len(window.windows()) == before, 20)
    except TimeoutError as trap:
        problems.append(str(trap))
    return True


def main():
    program, before, after, expected_file = sys.argv[1:5]
    with open(expected_file, encoding="utf-8") as file:
        expected = json.load(file)
    display = start_display()
    try:
        with RunningWindow(program, ["--size", "1440x900"]) as window:
            check_tree("welcome page", window.main())
        with RunningWindow(program, ["--before", before, "--after", after, "--size", "1440x900"]) as window:
            wait_for("the recordings", lambda: shown(window.main(), Atspi.Role.LIST, "Diagram, AFTER"))
            for tab in expected["tabs"]:
                choose(window, tab)
                check_tree(tab, window.main())
            check_table(window, expected)
            for entry in expected["dialogs"]:
                if not check_dialog(window, entry):
                    problems.append("no menu has “%s”, or it is greyed" % entry)
            for entry in expected["dialogs where they are"]:
                check_dialog(window, entry)
    finally:
        display.terminate()
        display.wait()
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
