"""Connections of Isthmus for openstacksdk: a resource, and a service that the catalogue finds.

    import openstack, isthmus_sdk
    cloud = isthmus_sdk.add_to(openstack.connect(cloud="mine"))
    for connection in cloud.georedundancy.connections():
        print(connection.name, connection.status)
"""
from openstack import exceptions, proxy, resource, service_description

SERVICE_TYPE = "georedundancy"


class Connection(resource.Resource):
    resources_key = "connections"
    base_path = "/connections"
    allow_list = allow_fetch = allow_create = allow_commit = allow_delete = True
    commit_method = "PATCH"
    _query_mapping = resource.QueryParameters("name", "status", "wait", "timeout_s")

    local_endpoint = resource.Body("local_endpoint")
    remote_endpoint = resource.Body("remote_endpoint")
    service = resource.Body("service")
    bandwidth_mbps = resource.Body("bandwidth_mbps", type=int)
    tags = resource.Body("tags", type=list)
    status = resource.Body("status")
    oper_status = resource.Body("oper_status")
    sides = resource.Body("sides", type=dict)
    last_error = resource.Body("last_error", type=dict)


class Proxy(proxy.Proxy):
    def connections(self, **query):
        return self._list(Connection, **query)

    def create_connection(self, **attributes):
        return self._create(Connection, **attributes)

    def wait_for(self, connection, status="active", timeout_s=60):
        """Returns the connection once it has this status; the server holds the answer back, so nothing is polled."""
        query = {"wait": status, "timeout_s": timeout_s}
        reply = self.get(f"/connections/{connection.id}", params=query, timeout=timeout_s + 10)
        if status == "deleted" and reply.status_code == 404:
            return None
        exceptions.raise_from_response(reply)
        connection = Connection.existing(**reply.json())
        if connection.status != status:
            raise exceptions.ResourceFailure(f"{connection.name} is {connection.status}: {connection.last_error}")
        return connection

    def delete_connection(self, connection):
        self._delete(Connection, connection)
        return self.wait_for(connection, "deleted")


class Service(service_description.ServiceDescription):
    supported_versions = {"1": Proxy}


def add_to(cloud):
    cloud.add_service(Service(SERVICE_TYPE))
    return cloud
