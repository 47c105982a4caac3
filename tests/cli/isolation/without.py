#!/usr/bin/env python3
"""Runs a command on a system that has neither landlock nor seccomp filters: a seccomp filter refuses both."""
import ctypes
import os
import platform
import struct
import sys

PRCTL = {'x86_64': 157, 'aarch64': 167, 'riscv64': 167}
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, FILTER = 22, 38, 2
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, ENOSYS, EPERM = 0x7fff0000, 0x50000 | 38, 0x50000 | 1


def program(prctl):
    steps = [(LOAD, 0, 0, 0)]
    for number in (444, 445, 446):  # landlock
        steps += [(EQUAL, 0, 1, number), (RETURN, 0, 0, ENOSYS)]
    steps += [(EQUAL, 0, 3, prctl), (LOAD, 0, 0, 16), (EQUAL, 0, 1, PR_SET_SECCOMP), (RETURN, 0, 0, EPERM)]
    steps += [(RETURN, 0, 0, ALLOW)]
    return b''.join(struct.pack('HBBI', *step) for step in steps), len(steps)


def main():
    prctl = PRCTL.get(platform.machine())
    if prctl is None:
        sys.exit(77)
    code, count = program(prctl)
    memory = ctypes.create_string_buffer(code, len(code))
    head = struct.pack('HxxxxxxP', count, ctypes.addressof(memory))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.prctl(PR_SET_SECCOMP, FILTER, ctypes.create_string_buffer(head, len(head)), 0, 0) != 0:
        print('no filter can be set here', file=sys.stderr)
        sys.exit(77)
    os.execv(sys.argv[1], sys.argv[1:])


main()
