package io.isthmus.cli.connection;

import io.isthmus.cli.command.Resource;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.command.Verbs;
import io.isthmus.cli.endpoint.NetworkOptions.Prefix;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.output.Output;
import io.isthmus.cli.output.Screen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code isthmus connect LOCAL REMOTE}, and the same as {@code connection create}. */
public final class CreateConnection {
    private static final String CHOSEN = "the prefix that was chosen";

    private final Session session;
    private final Setting<String> localArgument;
    private final Setting<String> remoteArgument;
    private final Setting<String> cidr;
    private final ConnectionOptions options;
    private final Waiting waiting;
    private final Supplier<Boolean> dryRun;
    private final EndOptions local;
    private final EndOptions remote;
    private final Supplier<Optional<String>> service;
    private final Supplier<Output> output;

    private CreateConnection(Syntax syntax, Session session) {
        this.session = session;
        localArgument = syntax.optionalArgument("LOCAL", "The local site: its id, its name, cell:NAME or region:NAME.");
        remoteArgument = syntax.optionalArgument("REMOTE", "The remote site.");
        cidr = syntax.text(
                "--cidr",
                "CIDR",
                "The prefix of the joined network. Without it: the first /24 of 10.64.0.0/10 that overlaps no endpoint"
                        + " which you may see; it is printed.");
        options = new ConnectionOptions(syntax, session);
        service = syntax.oneOf(
                        "--service",
                        List.of("l2", "l3"),
                        "One stretched network, or routes between routers (default: l2).")::value;
        waiting = new Waiting(syntax, session, "Follow it until it passes traffic, or failed.");
        dryRun = syntax.flag("--dry-run", "Only show what would be done at each side.");
        local = new EndOptions(syntax, session, "local");
        remote = new EndOptions(syntax, session, "remote");
        output = syntax.output();
    }

    public static CommandSpec connect(Session session) {
        var syntax =
                new Syntax("connect", session, "Connect two sites: one network with an end in each, or two routers.");
        var command = new CreateConnection(syntax, session);
        syntax.examples(
                "isthmus connect b d --wait",
                "isthmus connect b d --cidr 10.64.7.0/24 --bandwidth 200 --max-latency 20 --wait",
                "isthmus connect cell:cell-b region:RegionD --wait",
                "isthmus connect --local-region RegionBC --local-cell cell-b --remote-region RegionD",
                "isthmus connect b d --local-network-id ID --remote-cidr 10.64.7.0/24",
                "isthmus connect b d --service l3 --local-router web --remote-router web --address-policy nat");
        return syntax.does(command::run);
    }

    static CommandSpec create(Session session) {
        var syntax = new Syntax("create", session, "Order a connection between two endpoints.");
        var command = new CreateConnection(syntax, session);
        syntax.examples(
                "isthmus connection create --local-endpoint web-b --remote-endpoint web-d --bandwidth 200",
                "isthmus connection create b d --service l3 --local-router ID --local-prefix 10.1.0.0/16 \\",
                "    --remote-router ID --remote-prefix 10.2.0.0/16");
        return syntax.does(command::run);
    }

    private ExitCode run() throws InterruptedException {
        var result = output.get();
        // What is not the result goes where it cannot spoil a result that is read by a program.
        var talk = result.isForPeople()
                ? session.surroundings().out()
                : session.surroundings().err();
        var document = document(talk);
        var api = session.api();
        if (dryRun.get()) {
            var plan = api.post("/v1/connections", document, Map.of("dry_run", "true"))
                    .body();
            PlanText.print(result, session.surroundings().out(), plan.has("plan") ? plan.path("plan") : plan);
            return ExitCode.DONE;
        }
        var connection = api.post("/v1/connections", document, Map.of()).body();
        if (waiting.isWanted()) {
            var follow = waiting.start(talk, "connect", connection);
            var reached = follow.untilActive(connection);
            if (result.isForPeople()) {
                talk.line("");
                Ending.connected(reached).forEach(talk::line);
            } else {
                result.show(Connections.KIND, reached);
            }
            return ExitCode.DONE;
        }
        result.show(Connections.KIND, connection);
        if (result.isForPeople()) {
            followUp(talk, connection);
        }
        return ExitCode.DONE;
    }

    private static void followUp(Screen talk, JsonNode connection) {
        var name = Verbs.called(connection);
        talk.line("");
        talk.line("It is being built. How far it is: isthmus connection show "
                + (name.isEmpty() ? Resource.id(connection) : name));
    }

    private Document document(Screen talk) {
        var document = Document.empty();
        // With the local end named by options, a single argument is the remote one.
        var onlyRemote = local.isNamed() && remoteArgument.value().isEmpty();
        var localSite = onlyRemote ? Optional.<String>empty() : localArgument.value();
        var remoteSite = onlyRemote ? localArgument.value() : remoteArgument.value();
        local.check(localSite);
        remote.check(remoteSite);
        var isL2 = service.get().orElse("l2").equals("l2");
        var prefix = isL2 ? prefix() : cidr.value().map(text -> new Prefix(text, cidr.name()));
        document.put("/service", "--service", isL2 ? "l2" : "l3");
        local.put(document, localSite, prefix);
        remote.put(document, remoteSite, prefix);
        options.fill(document);
        prefix.filter(chosen -> chosen.option().equals(CHOSEN))
                .ifPresent(chosen -> talk.line("Prefix: " + chosen.cidr() + ", the first free /24 of 10.64.0.0/10"));
        return document;
    }

    /** An L2 connection has one prefix: as written anywhere, else a free one. */
    private Optional<Prefix> prefix() {
        var written = cidr.value()
                .map(text -> new Prefix(text, cidr.name()))
                .or(local::prefix)
                .or(remote::prefix);
        if (written.isPresent() || !(local.needsPrefix() || remote.needsPrefix())) {
            return written;
        }
        if (local.joinsExisting() || remote.joinsExisting()) {
            throw Failure.usage(
                    "Which prefix has the network at the other end?",
                    "hint: write it with " + cidr.name() + ", so that the new network gets the same");
        }
        return Optional.of(new Prefix(FreePrefix.choose(session.api()), CHOSEN));
    }
}
