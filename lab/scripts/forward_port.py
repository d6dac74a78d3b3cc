"""Makes a TCP port of the root namespace's loopback reachable on the loopback of another network namespace.

    forward_port.py NAMESPACE PORT

A socket stays in the namespace it was made in: the listener is made inside the namespace, everything else outside. So the
datacenters need neither an interface nor a route towards the control plane.
"""

import asyncio
import ctypes
import os
import socket
import sys

CLONE_NEWNET = 0x40000000


def enter_network_namespace(path):
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        if libc.setns(descriptor, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns " + path)
    finally:
        os.close(descriptor)


def listen_inside(namespace, port):
    own = os.open("/proc/self/ns/net", os.O_RDONLY)
    enter_network_namespace("/run/netns/" + namespace)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(64)
    enter_network_namespace(f"/proc/self/fd/{own}")
    os.close(own)
    return listener


async def copy(source, target):
    try:
        while data := await source.read(65536):
            target.write(data)
            await target.drain()
    except OSError:
        pass
    finally:
        target.close()


async def forward(namespace, port):
    async def serve(near_reader, near_writer):
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            near_writer.close()
            return
        await asyncio.gather(copy(near_reader, far_writer), copy(far_reader, near_writer))

    server = await asyncio.start_server(serve, sock=listen_inside(namespace, port))
    await server.serve_forever()


asyncio.run(forward(sys.argv[1], int(sys.argv[2])))
