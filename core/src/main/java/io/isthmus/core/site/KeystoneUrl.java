package io.isthmus.core.site;

import java.net.URI;
import java.util.Locale;

/** Compares the URLs of Keystones, which operators write with and without version, port, last slash and capital letters. */
public final class KeystoneUrl {
    private KeystoneUrl() {}

    /** Whether both lead to the same Keystone, as far as the text tells; http and https are different places. */
    public static boolean same(URI one, URI other) {
        return normal(one).equals(normal(other));
    }

    /** {@code HTTPS://Keystone.example:443/v3/} is {@code https://keystone.example}. */
    static String normal(URI url) {
        var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        var host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        var isUsualPort = url.getPort() < 0 || url.getPort() == (scheme.equals("https") ? 443 : 80);
        var path = withoutLastSlashes(String.valueOf(url.getPath()));
        return scheme + "://" + host + (isUsualPort ? "" : ":" + url.getPort()) + withoutVersion(path);
    }

    private static String withoutVersion(String path) {
        return path.endsWith("/v3") ? withoutLastSlashes(path.substring(0, path.length() - 3)) : path;
    }

    private static String withoutLastSlashes(String text) {
        var end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }
}
