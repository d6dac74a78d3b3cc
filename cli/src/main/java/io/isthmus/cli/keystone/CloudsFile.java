package io.isthmus.cli.keystone;

import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.http.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code clouds.yaml}, and {@code secure.yaml} over it, found as openstacksdk finds them: in the working directory, the user's
 * configuration, and {@code /etc/openstack}; the first file counts.
 */
public final class CloudsFile {
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private final List<Path> folders;
    private final Optional<Path> chosen;

    CloudsFile(List<Path> folders, Optional<Path> chosen) {
        this.folders = List.copyOf(folders);
        this.chosen = chosen;
    }

    /** Where openstacksdk looks; {@code OS_CLIENT_CONFIG_FILE} names the file itself. */
    public static CloudsFile of(Map<String, String> environment) {
        var folders = new ArrayList<Path>();
        folders.add(Path.of(""));
        CloudSettings.variable(environment, "XDG_CONFIG_HOME")
                .map(Path::of)
                .or(() -> CloudSettings.variable(environment, "HOME").map(home -> Path.of(home, ".config")))
                .ifPresent(folder -> folders.add(folder.resolve("openstack")));
        folders.add(Path.of("/etc/openstack"));
        return new CloudsFile(
                folders,
                CloudSettings.variable(environment, "OS_CLIENT_CONFIG_FILE").map(Path::of));
    }

    /** @throws Failure if there is no file, or no such cloud in it */
    public CloudSettings cloud(String name) {
        var file = chosen.filter(Files::exists)
                .or(() -> find("clouds"))
                .orElseThrow(() -> Failure.usage(
                        "There is no clouds.yaml for the cloud " + name + ".",
                        "looked in: "
                                + String.join(
                                        ", ",
                                        folders.stream().map(CloudsFile::name).toList())));
        var clouds = read(file).path("clouds");
        if (!(clouds.path(name) instanceof ObjectNode cloud)) {
            throw Failure.usage(
                    "There is no cloud " + name + " in " + file + ".",
                    "known: " + String.join(", ", clouds.propertyNames()));
        }
        find("secure")
                .ifPresent(secure -> merge(cloud, read(secure).path("clouds").path(name)));
        return settings(name + " in " + file, cloud);
    }

    private static String name(Path folder) {
        return folder.toString().isEmpty() ? "." : folder.toString();
    }

    private Optional<Path> find(String name) {
        return folders.stream()
                .flatMap(folder -> ENDINGS.stream().map(ending -> folder.resolve(name + ending)))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static JsonNode read(Path file) {
        try {
            return Json.parseYaml(Files.readString(file));
        } catch (IOException unreadable) {
            throw Failure.usage("Cannot read " + file + ".");
        } catch (IllegalArgumentException malformed) {
            // The parser's own words may quote the file, which holds secrets.
            throw Failure.usage(file + " is no YAML.");
        }
    }

    private static void merge(ObjectNode under, JsonNode over) {
        for (var field : over.properties()) {
            if (field.getValue().isObject() && under.path(field.getKey()) instanceof ObjectNode inner) {
                merge(inner, field.getValue());
            } else {
                under.set(field.getKey(), field.getValue());
            }
        }
    }

    private static CloudSettings settings(String source, ObjectNode cloud) {
        if (cloud.has("profile")) {
            throw Failure.usage(
                    "The cloud " + source + " has a profile, which is not read here.", "hint: write auth: out");
        }
        var auth = new HashMap<String, String>();
        for (var field : cloud.path("auth").properties()) {
            var text = Json.text(cloud, "auth", field.getKey());
            if (!text.isBlank()) {
                auth.put(field.getKey(), text);
            }
        }
        var chosenInterface = Json.text(cloud, "interface");
        return new CloudSettings(
                source,
                auth,
                Optional.of(Json.text(cloud, "region_name")).filter(region -> !region.isBlank()),
                chosenInterface.isBlank() ? "public" : CloudSettings.plain(chosenInterface),
                new Trust(
                        Optional.of(Json.text(cloud, "cacert"))
                                .filter(path -> !path.isBlank())
                                .map(Path::of),
                        !Json.text(cloud, "verify").equals("false")));
    }
}
