package io.isthmus.southbound;

import java.util.Optional;

/**
 * An image as its cloud describes it.
 *
 * @param hash of its data; empty where the cloud has computed none
 * @param isActive whether its data can be read
 */
public record FoundImage(String id, String name, Optional<String> hash, boolean isActive) {}
