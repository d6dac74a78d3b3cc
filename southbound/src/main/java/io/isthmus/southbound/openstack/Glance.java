package io.isthmus.southbound.openstack;

import io.isthmus.southbound.FoundImage;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The images of a cloud. */
final class Glance {
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{32,128}");

    private final ServiceWire wire;

    Glance(ServiceWire wire) {
        this.wire = wire;
    }

    Optional<FoundImage> image(String id) throws NotDone, InterruptedException {
        return ID.matcher(id).matches() ? wire.find("/images/" + id).map(Glance::read) : Optional.empty();
    }

    /** By its id, which copies within one cloud keep; else by the hash of its data, which copies elsewhere have too. */
    boolean has(FoundImage image) throws NotDone, InterruptedException {
        if (image(image.id()).filter(FoundImage::isActive).isPresent()) {
            return true;
        }
        if (image.hash().isEmpty()) {
            return false;
        }
        var hash = image.hash().get();
        for (var other : wire.read("/images?status=active&limit=10&os_hash_value=" + hash)
                .path("images")) {
            if (read(other).hash().equals(image.hash())) {
                return true;
            }
        }
        return false;
    }

    private static FoundImage read(JsonNode image) {
        return new FoundImage(
                image.path("id").asString(""),
                image.path("name").asString(""),
                Optional.of(image.path("os_hash_value").asString(""))
                        .filter(text -> HASH.matcher(text).matches()),
                image.path("status").asString("").equals("active"));
    }
}
