package io.isthmus.core.site;

/**
 * Where a site stands.
 *
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 * @param country ISO 3166 code of two letters, or empty
 */
public record Location(double latitude, double longitude, String country) {
    public Location {
        if (!(latitude >= -90 && latitude <= 90)) {
            throw new IllegalArgumentException("latitude must be within -90 to 90: " + latitude);
        }
        if (!(longitude >= -180 && longitude <= 180)) {
            throw new IllegalArgumentException("longitude must be within -180 to 180: " + longitude);
        }
        if (!country.matches("|[A-Z]{2}")) {
            throw new IllegalArgumentException("country is an ISO 3166 code of two letters: " + country);
        }
    }
}
