package io.isthmus.southbound.frr;

import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.Translator;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.Step.Action;
import io.isthmus.southbound.Step.FieldChange;
import io.isthmus.southbound.frr.GatewayState.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps between the translator that a gateway has and the one that it should have for one connection, if any. */
final class TranslatorDifference {
    static final String TRANSLATOR = "translator";

    private final GatewayState state;
    private final GatewayIntent intent;
    private final ConnectionNames names;
    private final String mark;

    TranslatorDifference(GatewayState state, GatewayIntent intent) {
        this.state = state;
        this.intent = intent;
        this.names = ConnectionNames.of(intent);
        this.mark = ConnectionNames.mark(intent);
    }

    @Nullable
    Link end() {
        return state.links().get(names.translatorEnd());
    }

    @Nullable
    Link inside() {
        return state.translator().links().get(names.translator());
    }

    Optional<Step> toPresent() {
        if (intent.translator().isEmpty()) {
            return Optional.empty();
        }
        var fields = fields(intent.translator().get());
        if (end() == null || inside() == null) {
            var all = fields.stream()
                    .map(field -> new FieldChange(field.field(), "", field.wanted()))
                    .toList();
            return Optional.of(new Step(Action.CREATE, TRANSLATOR, names.translatorNamespace(), all));
        }
        var changed = fields.stream()
                .filter(field -> !field.observed().equals(field.wanted()))
                .toList();
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Step(Action.UPDATE, TRANSLATOR, names.translatorNamespace(), changed));
    }

    /** Also where only a part of it is left. */
    Optional<Step> toAbsent() {
        var ours = isOurs(end()) || isOurs(inside()) || (state.translator().namespace() && inside() == null);
        return ours
                ? Optional.of(new Step(Action.DELETE, TRANSLATOR, names.translatorNamespace(), List.of()))
                : Optional.empty();
    }

    private boolean isOurs(@Nullable Link link) {
        return link != null && link.alias().equals(mark);
    }

    private List<FieldChange> fields(Translator wanted) {
        var fields = new ArrayList<FieldChange>();
        fields.add(both("mark", mark, Link::alias));
        fields.add(both("mtu", Integer.toString(intent.mtu()), link -> Integer.toString(link.mtu())));
        fields.add(both("up", "true", link -> Boolean.toString(link.up())));
        fields.add(new FieldChange("bridge", end() == null ? "" : end().master(), names.bridge()));
        fields.add(new FieldChange(
                "address",
                inside() == null ? "" : String.join(", ", inside().addresses()),
                wanted.address() + "/" + wanted.prefixLength()));
        fields.add(new FieldChange("routes", joined(state.translator().routes()), joined(routes(wanted))));
        fields.add(new FieldChange(
                "translations", joined(state.translator().translations()), joined(translations(wanted))));
        return fields;
    }

    /** Such as {@code 10.0.0.0/24 via 100.126.0.1}. */
    static List<String> routes(Translator wanted) {
        return Stream.concat(
                        wanted.prefixes().stream().map(prefix -> prefix + " via " + wanted.router()),
                        wanted.remotePrefixes().stream().map(prefix -> prefix + " via " + wanted.peer()))
                .toList();
    }

    /** Such as {@code 10.0.0.0/24 as 100.64.0.0/24}, both ways. */
    static List<String> translations(Translator wanted) {
        return wanted.translations().stream()
                .flatMap(each -> Stream.of(
                        each.prefix() + " as " + each.translatedPrefix(),
                        each.translatedPrefix() + " to " + each.prefix()))
                .toList();
    }

    private static String joined(List<String> texts) {
        return String.join(", ", texts.stream().sorted().toList());
    }

    private FieldChange both(String field, String wanted, Function<Link, String> value) {
        var observed = Stream.of(Optional.ofNullable(end()), Optional.ofNullable(inside()))
                .map(link -> link.map(value).orElse(""))
                .filter(text -> !text.equals(wanted))
                .findFirst()
                .orElse(wanted);
        return new FieldChange(field, observed, wanted);
    }
}
