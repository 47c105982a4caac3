"""Peak memory of a command and of what it starts."""
import os
import subprocess
import time


def tree(pid):
    """A process and all below it, as far as they still run."""
    found, rest = [], [pid]
    while rest:
        pid = rest.pop()
        found.append(pid)
        try:
            for task in os.listdir(f'/proc/{pid}/task'):
                with open(f'/proc/{pid}/task/{task}/children') as file:
                    rest.extend(int(child) for child in file.read().split())
        except OSError:
            pass
    return found


def high_water(pid):
    try:
        with open(f'/proc/{pid}/status') as file:
            for line in file:
                if line.startswith('VmHWM:'):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def peak_memory(command, out):
    """The largest high-water mark of the process, its workers and the programs of gongkai that these start, in bytes.

    wait4's ru_maxrss is of no use here: a child inherits the mark of the process that started it, an interpreter.
    """
    peak, folder = 0, os.path.dirname(os.path.realpath(command[0]))
    with open(out, 'wb') as stdout:
        process = subprocess.Popen(command, stdout=stdout, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        while process.poll() is None:
            for pid in tree(process.pid):
                try:
                    program = os.path.realpath(f'/proc/{pid}/exe')
                    if os.path.dirname(program) == folder and os.path.basename(program).startswith('gongkai'):
                        peak = max(peak, high_water(pid))
                except OSError:
                    pass
            time.sleep(0.002)
    return peak
