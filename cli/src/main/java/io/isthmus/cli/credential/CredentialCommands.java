package io.isthmus.cli.credential;

import io.isthmus.cli.command.Resource;
import io.isthmus.cli.command.SecretInput;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.command.Verbs;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.output.Column;
import io.isthmus.cli.output.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** {@code isthmus credential …}. */
public final class CredentialCommands {
    private static final List<String> KINDS =
            List.of("keystone_application_credential", "keystone_password", "ssh_key");
    private static final Kind KIND = new Kind(
            "credential",
            "credentials",
            List.of(
                    Column.field("id", 0),
                    Column.field("name", 2),
                    Column.field("kind", 1),
                    Column.field("username", 3),
                    Column.field("project_name", 4),
                    Column.field("application_credential_id", 5),
                    Column.field("updated_at", 6)),
            Set.of(
                    "id",
                    "name",
                    "kind",
                    "username",
                    "user_domain_name",
                    "project_name",
                    "project_domain_name",
                    "application_credential_id",
                    "secrets",
                    "created_at",
                    "updated_at",
                    "revision",
                    "tags"));

    private CredentialCommands() {}

    public static CommandSpec of(Session session) {
        var verbs = new Verbs(KIND, session);
        return Syntax.group(
                "credential",
                session,
                "Credentials: what opens clouds and gateways. Secrets go in and are never shown.",
                List.of(verbs.list(), verbs.show(), create(verbs, session), set(session), verbs.delete()));
    }

    private static CommandSpec create(Verbs verbs, Session session) {
        var syntax = new Syntax("create", session, "Add a credential.");
        var id = syntax.argument("ID", "What sites and gateways call it.");
        var fields = new CredentialFields(syntax);
        syntax.examples(
                "isthmus credential create openstack-b --kind keystone_application_credential"
                        + " --application-credential-id 3f9a --secret-file -",
                "isthmus credential create gateway-b --kind ssh_key --secret-file gateway-b.key");
        return verbs.create(syntax, () -> {
            var document = Document.empty().put("/id", id.name(), id.required());
            fields.fill(document);
            return document;
        });
    }

    private static CommandSpec set(Session session) {
        var syntax = new Syntax("set", session, "Replace a credential as a whole, its secret included.");
        var id = syntax.argument("CREDENTIAL", "Its id.");
        var fields = new CredentialFields(syntax);
        var output = syntax.output();
        return syntax.does(() -> {
            var resource = new Resource(KIND, session.api());
            var found = resource.get(id.required());
            var document = Document.empty();
            fields.fill(document);
            var replaced = session.api().put(resource.path(Resource.id(found.body())), document, Resource.etag(found));
            output.get().show(KIND, replaced.body());
            return ExitCode.DONE;
        });
    }

    /** The fields of a credential as options; its secret comes another way. */
    private static final class CredentialFields {
        private final Setting<String> kind;
        private final List<Setting<String>> plain;
        private final Setting<String> secretFile;
        private final Setting<String> passphraseFile;

        CredentialFields(Syntax syntax) {
            kind = syntax.oneOf("--kind", KINDS, "What it is.");
            plain = List.of(
                    syntax.text("--name", "NAME", "A name for people."),
                    syntax.text("--application-credential-id", "ID", "Keystone's id of the application credential."),
                    syntax.text("--username", "NAME", "Of a Keystone user."),
                    syntax.text("--user-domain-name", "NAME", "The user's domain."),
                    syntax.text("--project-name", "NAME", "The project to work in."),
                    syntax.text("--project-domain-name", "NAME", "The project's domain."));
            secretFile = syntax.text(
                    "--secret-file",
                    "FILE",
                    "Where the secret is: password, secret or private key; - is standard input. Asked for if left out.");
            passphraseFile = syntax.text("--passphrase-file", "FILE", "Where the passphrase of a private key is.");
        }

        void fill(Document document) {
            document.put("/kind", kind.name(), kind.required());
            for (var field : plain) {
                document.put("/" + field.name().substring(2).replace('-', '_'), field.name(), field.value());
            }
            var field = switch (kind.required()) {
                case "ssh_key" -> "/private_key";
                case "keystone_password" -> "/password";
                default -> "/application_credential_secret";
            };
            document.put(field, secretFile.name(), SecretInput.read(secretFile.value(), field.equals("/private_key")));
            passphraseFile
                    .value()
                    .ifPresent(file -> document.put(
                            "/passphrase", passphraseFile.name(), SecretInput.read(Optional.of(file), false)));
        }
    }
}
