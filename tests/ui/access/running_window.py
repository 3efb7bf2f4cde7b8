"""The real program on a display and a session bus of its own, seen and worked as a screen reader's user does: through
AT-SPI and the keyboard. Ends everything that it started."""
import os
import signal
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 60  # seconds; the machine may be busy


def wait_for(what, condition, patience=PATIENCE):
    """The first true value of `condition`, which may fail meanwhile; what is seen changes under our hands."""
    end = time.monotonic() + patience
    while True:
        try:
            value = condition()
        except GLib.Error:
            value = None
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError("waited %d s for: %s" % (patience, what))
        time.sleep(0.05)


def start_display():
    """Xvfb on a free number."""
    reading, writing = os.pipe()
    display = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as numbers:
        os.environ["DISPLAY"] = ":" + numbers.readline().strip()
    return display


class RunningWindow:
    """`with RunningWindow(program, arguments) as window:`"""

    def __init__(self, program, arguments):
        self.program = program
        self.arguments = arguments

    def __enter__(self):
        environment = dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb")
        self.process = subprocess.Popen([self.program] + self.arguments, env=environment)
        self.application = wait_for("the program on the accessibility bus", self._application)
        self.application.set_cache_mask(Atspi.Cache.NONE)  # what is seen is to be what is
        wait_for("a window", lambda: self.windows())
        return self

    def __exit__(self, *unused):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _application(self):
        desktop = Atspi.get_desktop(0)
        for at in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(at)
            if child is not None and child.get_process_id() == self.process.pid:
                return child
        return None

    def give_keyboard(self, node):
        """There is no window manager that would. What is in front gets the keys."""
        pattern = (node.get_name() or "").strip() or "."
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid), "--name", pattern],
                               capture_output=True, text=True).stdout.split()
        if found:
            subprocess.run(["xdotool", "windowfocus", "--sync", found[-1]], timeout=20)

    def windows(self):
        return [each for each in children(self.application) if is_shown(each)]

    def dialogs(self):
        return [each for each in self.windows() if each.get_role() in (Atspi.Role.DIALOG, Atspi.Role.ALERT)]

    def main(self):
        return next(each for each in self.windows() if each.get_role() in (Atspi.Role.FRAME, Atspi.Role.WINDOW))


def children(node):
    for at in range(node.get_child_count()):
        child = node.get_child_at_index(at)
        if child is not None:
            yield child


def is_shown(node):
    return node.get_state_set().contains(Atspi.StateType.SHOWING)


def is_focused(node):
    return node.get_state_set().contains(Atspi.StateType.FOCUSED)


def walk(node, path=()):
    """Every node below and with `node`, with the nodes above it."""
    yield node, path
    for child in children(node):
        yield from walk(child, path + (node,))


def find(node, role, name):
    for each, _ in walk(node):
        if each.get_role() == role and plain(each.get_name()) == name:
            return each
    return None


def plain(name):
    """Without the mark of the key that is pressed with Alt."""
    return (name or "").replace("&", "")


def press(node):
    """What a click would do."""
    action = node.get_action_iface()
    assert action is not None, "%s has no action" % describe(node)
    return action.do_action(0)


def describe(node):
    return "%s “%s”" % (node.get_role_name(), node.get_name() or "")


def key(name):
    subprocess.run(["xdotool", "key", "--clearmodifiers", name], check=True)
