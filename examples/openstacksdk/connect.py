#!/usr/bin/python3
"""Lists connections, makes one between two sites, and takes it away again: connect.py b d 10.20.0.0/24

The cloud comes from the OS_* variables or, with OS_CLOUD, from clouds.yaml. The controller comes from its catalogue.
"""
import sys

import isthmus_sdk
import openstack


def main(local, remote, cidr):
    isthmus = isthmus_sdk.add_to(openstack.connect()).georedundancy
    print("found", isthmus.get_endpoint(), "with", len(list(isthmus.connections())), "connections")
    network = {"create": {"cidr": cidr}}
    made = isthmus.create_connection(
        name=f"{local}-{remote}",
        local_endpoint={"site": local, "network": network},
        remote_endpoint={"site": remote, "network": network},
    )
    try:
        there = isthmus.wait_for(made)
        print("made", there.name, "which is", there.status, "and", there.oper_status)
        print("listed", [each.name for each in isthmus.connections(status="active")])
    finally:
        isthmus.delete_connection(made)
    print("left", len(list(isthmus.connections())), "connections")


if __name__ == "__main__":
    main(*sys.argv[1:])
