package io.isthmus.core.backup;

import io.isthmus.core.site.Capacity;
import java.util.Optional;

/**
 * A VNF as its cloud runs it.
 *
 * @param projectId in the cloud's Keystone
 * @param resources of its flavour
 * @param flavor the flavour's name
 * @param imageId empty where it boots from a volume
 */
public record RunningVnf(
        String id, String name, String projectId, Capacity resources, String flavor, Optional<String> imageId) {}
