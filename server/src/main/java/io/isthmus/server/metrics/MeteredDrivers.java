package io.isthmus.server.metrics;

import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.Gateway;
import io.isthmus.server.engine.Drivers;
import io.isthmus.southbound.CloudDriver;
import io.isthmus.southbound.GatewayDriver;
import io.isthmus.southbound.Outcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Drivers that are counted and timed, whatever they can be asked: each call of a driver that answers an {@link Outcome} is
 * one outward call. A proxy, so that a question that is added to a driver is counted without a word here.
 */
public final class MeteredDrivers {
    private final Metrics metrics;
    private final Function<Object, Optional<String>> sites;

    /** Makes one; {@code sites} knows to whose site a {@link Cloud} or {@link Gateway} belongs. */
    public MeteredDrivers(Metrics metrics, Function<Object, Optional<String>> sites) {
        this.metrics = metrics;
        this.sites = sites;
    }

    public Drivers over(CloudDriver cloud, String technology, java.util.Map<String, GatewayDriver> gateways) {
        var metered = new TreeMap<String, GatewayDriver>();
        gateways.forEach((name, driver) -> metered.put(name, proxy(GatewayDriver.class, driver, name)));
        return new Drivers(proxy(CloudDriver.class, cloud, technology), metered);
    }

    private <D> D proxy(Class<D> type, D driver, String technology) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    var begun = System.nanoTime();
                    var outcome = "fault";
                    try {
                        var answer = invoke(driver, method, arguments);
                        outcome = word(answer);
                        return answer;
                    } finally {
                        if (Outcome.class.isAssignableFrom(method.getReturnType())) {
                            metrics.outwardCall(
                                    technology,
                                    site(arguments),
                                    snake(method.getName()),
                                    outcome,
                                    Duration.ofNanos(System.nanoTime() - begun));
                        }
                    }
                }));
    }

    private static @Nullable Object invoke(Object driver, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(driver, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }

    private static String word(@Nullable Object answer) {
        return answer instanceof Outcome<?> outcome
                ? switch (outcome) {
                    case Outcome.Done<?> _ -> "done";
                    case Outcome.Refused<?> _ -> "refused";
                    case Outcome.Unreachable<?> _ -> "unreachable";
                    case Outcome.Unknown<?> _ -> "unknown";
                }
                : "done";
    }

    private String site(Object @Nullable [] arguments) {
        if (arguments != null) {
            for (var argument : arguments) {
                var place = place(argument);
                if (place.isPresent()) {
                    return sites.apply(place.get()).orElse("unknown");
                }
            }
        }
        return "unknown";
    }

    private static Optional<Object> place(Object argument) {
        return switch (argument) {
            case NetworkIntent intent -> Optional.of(intent.cloud());
            case GatewayIntent intent -> Optional.of(intent.gateway());
            case Cloud cloud -> Optional.of(cloud);
            case Gateway gateway -> Optional.of(gateway);
            default -> Optional.empty();
        };
    }

    /** {@code usedVlans} is {@code used_vlans}. */
    private static String snake(String name) {
        var text = new StringBuilder();
        name.chars().forEach(letter -> {
            if (Character.isUpperCase(letter)) {
                text.append('_');
            }
            text.appendCodePoint(Character.toLowerCase(letter));
        });
        return text.toString();
    }
}
