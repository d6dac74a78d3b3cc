package io.isthmus.cli.diagnosis;

import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code isthmus gather}: everything that a bug report needs, in one file, without secrets. */
public final class Gather {
    private static final int MANY = 2_000;
    private static final List<String> COLLECTIONS =
            List.of("sites", "links", "endpoints", "connections", "operations", "events");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Session session;
    private final Instant now;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    private Gather(Session session) {
        this.session = session;
        this.now = session.surroundings().clock().instant();
    }

    public static CommandSpec of(Session session, String version) {
        var syntax = new Syntax(
                "gather",
                session,
                "Gather what a bug report needs into one file: versions, objects, operations, events, diagnoses. Never a"
                        + " secret.");
        var file = syntax.text("--output", "FILE", "Where to write it (default: isthmus-gather-TIME.tar.gz here).");
        var quick = syntax.flag("--no-diagnosis", "Leave out the diagnoses, which ask every gateway and cloud.");
        syntax.examples("isthmus gather", "isthmus gather --output /tmp/report.tar.gz");
        return syntax.does(() -> {
            var gather = new Gather(session);
            gather.collect(!quick.get());
            var path = Path.of(file.value().orElse("isthmus-gather-" + STAMP.format(gather.now) + ".tar.gz"));
            gather.write(path, version);
            var screen = session.surroundings().out();
            screen.line(path + ": " + gather.files.size() + " files and their manifest.");
            gather.failures.forEach(failure -> screen.line("  not gathered: " + failure));
            screen.line("Look through it before you pass it on: it names your sites, gateways and networks.");
            return ExitCode.DONE;
        });
    }

    private void collect(boolean diagnoses) {
        gather("versions.json", () -> session.api().get("/", Map.of()).body());
        gather("resources.json", () -> session.api().get("/v1", Map.of()).body());
        gather("ready.json", () -> session.api().get("/ready", Map.of()).body());
        var objects = new LinkedHashMap<String, JsonNode>();
        for (var collection : COLLECTIONS) {
            gather(collection + ".json", () -> {
                var list = Json.object().putArray(collection);
                session.api().list(collection, Map.of(), MANY).forEach(list::add);
                objects.put(collection, list);
                return list;
            });
        }
        if (diagnoses) {
            for (var collection : List.of("sites", "connections")) {
                objects.getOrDefault(collection, Json.object())
                        .forEach(object -> diagnose(collection, Json.text(object, "id")));
            }
        }
    }

    private void diagnose(String collection, String id) {
        gather(
                "diagnosis/" + collection + "-" + id + ".json",
                () -> session.api()
                        .post("/v1/" + collection + "/" + id + "/diagnose", Document.empty(), Map.of(), Diagnose.LIMIT)
                        .body());
    }

    /** What cannot be had is told in the manifest; the rest is gathered all the same. */
    private void gather(String name, Supplier<JsonNode> content) {
        try {
            var clean = withoutSecrets(content.get());
            files.put(name, (Json.pretty(clean) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (Failure failure) {
            failures.add(name + ": " + failure.getMessage());
        }
    }

    /** The controller gives out no secret; should an object ever hold one, it stops here. */
    static JsonNode withoutSecrets(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> {
                var clean = Json.object();
                object.properties()
                        .forEach(field -> clean.set(
                                field.getKey(),
                                isSecret(field.getKey()) && field.getValue().isValueNode()
                                        ? clean.stringNode("***")
                                        : withoutSecrets(field.getValue())));
                yield clean;
            }
            case ArrayNode array -> {
                var clean = Json.object().putArray("items");
                array.forEach(item -> clean.add(withoutSecrets(item)));
                yield clean;
            }
            default -> value;
        };
    }

    private static boolean isSecret(String field) {
        return field.matches("(?i).*(password|passphrase|secret|token|private_key).*") && !field.endsWith("_id");
    }

    private void write(Path path, String version) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new Tar(new GZIPOutputStream(bytes))) {
            var manifest = manifest(version);
            tar.add("manifest.json", (Json.pretty(manifest) + "\n").getBytes(StandardCharsets.UTF_8), now);
            for (var file : files.entrySet()) {
                tar.add(file.getKey(), file.getValue(), now);
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(path, bytes.toByteArray());
        } catch (FileAlreadyExistsException e) {
            throw Failure.usage("There is a file " + path + " already.", "hint: name another with --output");
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "Cannot write " + path + ": " + e.getMessage());
        }
    }

    private ObjectNode manifest(String version) {
        var manifest = Json.object();
        manifest.put("gathered_at", now.toString());
        manifest.put("cli_version", version);
        manifest.put("java_version", System.getProperty("java.version", ""));
        manifest.put("system", System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""));
        var list = manifest.putArray("files");
        files.forEach((name, content) ->
                list.addObject().put("name", name).put("bytes", content.length).put("sha256", sha256(content)));
        var missing = manifest.putArray("not_gathered");
        failures.forEach(missing::add);
        return manifest;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
