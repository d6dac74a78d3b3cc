package io.isthmus.server.api;

import io.isthmus.core.connection.AddressPolicy;
import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.Encryption;
import io.isthmus.core.connection.Service;
import io.isthmus.core.endpoint.Endpoint;
import java.util.List;
import java.util.function.Predicate;

/** What the API knows but this version cannot do: one line each, to be taken away when it can. */
final class NotYet {
    private record Asked(Connection connection, Endpoint local, Endpoint remote) {}

    private record Line(String pointer, String what, Predicate<Asked> isAsked) {}

    private static final List<Line> LINES = List.of(
            new Line("/encryption", "encryption", asked -> asked.connection().encryption() == Encryption.REQUIRED),
            new Line(
                    "/address_policy",
                    "address translation in a stretched network",
                    asked -> asked.connection().addressPolicy() == AddressPolicy.NAT
                            && asked.connection().service() == Service.L2));

    private NotYet() {}

    static void refuse(Connection connection, Endpoint local, Endpoint remote) {
        var asked = new Asked(connection, local, remote);
        for (var line : LINES) {
            if (line.isAsked().test(asked)) {
                throw of(line.pointer(), line.what());
            }
        }
    }

    static Problem of(String pointer, String what) {
        return new Problem.Impossible(
                ProblemCode.NOT_SUPPORTED,
                pointer,
                "this version does not support " + what + " yet",
                "leave the field out, or use a later version");
    }
}
