"""How late a busy machine makes what it runs. Limits of time hold of a program that is let run: what it was kept waiting for
a processor, ready to go on, is no slowness of its own, and is measured in the same run."""
import os
import subprocess
import threading
import time

STEP = 0.02


class Metronome:
    """A thread that wants to wake every STEP seconds: how much later it did, all in all, is how late the threads of this
    process (the servers of a test) were."""

    def __init__(self):
        self.seconds, self.stop = 0.0, threading.Event()
        self.thread = threading.Thread(target=self.beat, daemon=True)
        self.thread.start()

    def beat(self):
        before = time.monotonic()
        while not self.stop.wait(STEP):
            now = time.monotonic()
            self.seconds += now - before - STEP
            before = now


def waited(pid):
    """Seconds for which a process was ready and did not run; 0 where the kernel does not tell."""
    try:
        with open('/proc/%d/schedstat' % pid) as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


def run(arguments, given=None, timeout=60):
    """Runs a command that reads `given`: (exit code, standard output, standard error, seconds, seconds it was kept waiting)."""
    start = time.monotonic()
    process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    got = {}

    def read(name, pipe):
        got[name] = pipe.read()

    readers = [threading.Thread(target=read, args=pair) for pair in (('out', process.stdout), ('err', process.stderr))]
    for reader in readers:
        reader.start()
    killer = threading.Timer(timeout, process.kill)
    killer.start()
    if given is not None:
        process.stdin.write(given)
        process.stdin.close()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # it is over, and what is known of it is still there
    seconds, late = time.monotonic() - start, waited(process.pid)
    process.wait()
    killer.cancel()
    for reader in readers:
        reader.join()
    return process.returncode, got['out'], got['err'], seconds, late
