"""Probes a server that refuses, and prints what assistive programs were not told of it, one line each.

Usage: check_live.py PROGRAM PROJECT"""
import sys
import time

from check_names import choose
from running_window import Atspi, GLib, RunningWindow, start_display, wait_for, walk


def main():
    program, project = sys.argv[1:3]
    told = []
    display = start_display()
    try:
        with RunningWindow(program, [project, "--size", "1440x900"]) as window:
            wait_for("the project", lambda: any("Not probed yet" == (n.get_name() or "")
                                                for n, _ in walk(window.main())))

            def listen(event):
                told.append((event.type, event.source.get_name() or ""))

            listener = Atspi.EventListener.new(listen)
            for kind in ("object:property-change:accessible-name", "object:announcement", "object:state-changed:showing"):
                listener.register(kind)
            choose(window, "Probe now")
            end = time.monotonic() + 60
            while time.monotonic() < end and not any("No server was reached" in name or "reached" in name
                                                     for _, name in told):
                while GLib.MainContext.default().iteration(False):
                    pass
                time.sleep(0.02)
    finally:
        display.terminate()
        display.wait()
    if not any("reached" in name for _, name in told):
        print("the verdict was not told, only: %s" % told)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
