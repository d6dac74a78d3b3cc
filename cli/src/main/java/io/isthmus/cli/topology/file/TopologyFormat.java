package io.isthmus.cli.topology.file;

import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The formats that sites and links are read from and written in. */
public enum TopologyFormat {
    YAML,
    GML,
    GRAPHML;

    private static final int LIMIT = 16 << 20;

    public static List<String> names() {
        return Arrays.stream(values()).map(TopologyFormat::word).toList();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<TopologyFormat> named(String name) {
        return Arrays.stream(values()).filter(each -> each.word().equals(name)).findFirst();
    }

    /**
     * Reads a file; its name, or what it begins with, tells its format.
     *
     * @param file its name; {@code -} reads standard input
     * @param cloud what the cloud of a site is like where the file does not say; {@code {site}} stands for the site's id
     */
    public static Inventory read(String file, ObjectNode cloud) {
        var text = text(file);
        var format = Arrays.stream(values())
                .filter(each -> file.toLowerCase(Locale.ROOT).endsWith("." + each.word()))
                .findFirst()
                .orElseGet(() -> ofBeginning(text));
        try {
            return switch (format) {
                case YAML -> yaml(text);
                case GML -> new GraphImport(GmlReader.read(text), cloud).inventory();
                case GRAPHML -> new GraphImport(GraphmlReader.read(text), cloud).inventory();
            };
        } catch (Unreadable e) {
            throw Failure.usage("%s cannot be read as %s: %s".formatted(file, format.word(), e.getMessage()));
        }
    }

    private static TopologyFormat ofBeginning(String text) {
        var begin = text.stripLeading();
        if (begin.startsWith("<")) {
            return GRAPHML;
        }
        return begin.matches("(?s)(#[^\\n]*\\n\\s*)*(\\w+ [^\\[\\n]*\\n\\s*)*graph\\s*\\[.*") ? GML : YAML;
    }

    private static Inventory yaml(String text) {
        JsonNode document;
        try {
            document = Json.parseYaml(text);
        } catch (IllegalArgumentException e) {
            throw new Unreadable(String.valueOf(e.getMessage()));
        }
        for (var name : document.propertyNames()) {
            if (!name.equals("sites") && !name.equals("links")) {
                throw new Unreadable("there is no field " + name + "; there are sites and links");
            }
        }
        return new Inventory(
                objects(document, "sites", Inventory.MOST_SITES), objects(document, "links", Inventory.MOST_LINKS));
    }

    private static List<ObjectNode> objects(JsonNode document, String field, int most) {
        var objects = new ArrayList<ObjectNode>();
        var list = document.path(field);
        if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
            throw new Unreadable(field + " is no list");
        }
        if (list.size() > most) {
            throw new Unreadable("there are more than %d %s".formatted(most, field));
        }
        for (var each : list.values()) {
            if (!(each instanceof ObjectNode object)) {
                throw new Unreadable("%s/%d is no object".formatted(field, objects.size()));
            }
            objects.add(object);
        }
        return objects;
    }

    public String write(Inventory inventory) {
        return switch (this) {
            case YAML -> {
                var document = Json.object();
                inventory.sites().forEach(document.putArray("sites")::add);
                inventory.links().forEach(document.putArray("links")::add);
                yield Json.yaml(document);
            }
            case GML -> new GraphExport(inventory).gml();
            case GRAPHML -> new GraphExport(inventory).graphml();
        };
    }

    private static String text(String name) {
        try (InputStream file = name.equals("-") ? System.in : Files.newInputStream(Path.of(name))) {
            var bytes = file.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw Failure.usage(name + " is larger than " + LIMIT + " bytes.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw Failure.usage("There is no file " + name + ".");
        } catch (IOException e) {
            throw Failure.usage("Cannot read " + name + ": " + e.getMessage());
        }
    }
}
