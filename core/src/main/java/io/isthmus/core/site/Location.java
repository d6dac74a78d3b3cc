package io.isthmus.core.site;

/**
 * Where a site stands.
 *
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 * @param country ISO 3166 code of two letters, or empty
 */
public record Location(double latitude, double longitude, String country) {
    private static final double MEAN_EARTH_RADIUS_KM = 6371.0088;

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

    /** The great-circle distance in kilometres, by the haversine formula (Sinnott, "Virtues of the haversine", 1984). */
    public double distanceKm(Location other) {
        double north = Math.toRadians(other.latitude - latitude);
        double east = Math.toRadians(other.longitude - longitude);
        double half = square(Math.sin(north / 2))
                + Math.cos(Math.toRadians(latitude))
                        * Math.cos(Math.toRadians(other.latitude))
                        * square(Math.sin(east / 2));
        return 2 * MEAN_EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, half)));
    }

    private static double square(double value) {
        return value * value;
    }
}
