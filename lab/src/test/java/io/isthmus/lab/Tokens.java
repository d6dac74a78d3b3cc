package io.isthmus.lab;

import java.net.URI;
import java.util.Map;

/** Tokens of the lab's Keystone, by password. */
final class Tokens {
    private Tokens() {}

    static URI url(LabDescription lab) {
        return URI.create(lab.keystone().authUrl() + "/auth/tokens");
    }

    static String inProject(LabDescription lab, LabDescription.User user) {
        return of(
                lab,
                user,
                Map.of(
                        "project",
                        Map.of("name", user.projectName(), "domain", Map.of("name", user.projectDomainName()))));
    }

    static String of(LabDescription lab, LabDescription.User user, Object scope) {
        var identity = Map.of(
                "methods",
                new String[] {"password"},
                "password",
                Map.of(
                        "user",
                        Map.of(
                                "name", user.username(),
                                "password", user.password(),
                                "domain", Map.of("name", user.userDomainName()))));
        return Http.send("POST", url(lab), Map.of(), Map.of("auth", Map.of("identity", identity, "scope", scope)))
                .expect(201)
                .raw()
                .headers()
                .firstValue("X-Subject-Token")
                .orElseThrow();
    }
}
