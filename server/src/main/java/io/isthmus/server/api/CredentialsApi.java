package io.isthmus.server.api;

import io.isthmus.server.credential.StoredCredentials;
import io.isthmus.server.credential.Vault;
import io.isthmus.store.Change;
import io.isthmus.store.Stored;
import io.isthmus.store.credential.CredentialStore;
import io.isthmus.store.credential.SealedCredential;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/credentials}: what opens clouds and gateways. Secrets go in and never come out. */
final class CredentialsApi {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialsApi.class);
    private static final int MOST_SECRET = 16_384;
    private static final String DEFAULT_DOMAIN = "Default";
    private static final Set<String> READ_ONLY = Set.of("secrets", "created_at", "updated_at", "revision");
    private static final List<String> PLAIN =
            List.of("username", "user_domain_name", "project_name", "project_domain_name", "application_credential_id");
    private static final Set<String> FIELDS = Set.of(
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
            "tags");

    private enum Kind {
        KEYSTONE_APPLICATION_CREDENTIAL,
        KEYSTONE_PASSWORD,
        SSH_KEY
    }

    private final CredentialStore credentials;
    private final Optional<Vault> vault;
    private final Predicate<String> inFile;
    private final InstantSource clock;

    /** Makes one; {@code inFile} knows which ids the node's own file has. */
    CredentialsApi(CredentialStore credentials, Optional<Vault> vault, Predicate<String> inFile, InstantSource clock) {
        this.credentials = credentials;
        this.vault = vault;
        this.inFile = inFile;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.get("/v1/credentials", this::list);
        routes.postSecret("/v1/credentials", this::create);
        routes.get("/v1/credentials/{id}", this::show);
        routes.put("/v1/credentials/{id}", this::replace);
        routes.delete("/v1/credentials/{id}", this::delete);
    }

    private Reply list(Request request) {
        return Lists.list(
                request,
                new Lists.Source<>(
                        "credentials",
                        FIELDS,
                        CredentialStore.listFields(),
                        Set.copyOf(PLAIN),
                        credentials::list,
                        page -> page.stream().map(CredentialsApi::view).toList()));
    }

    private Reply create(Request request) {
        request.allowQueries();
        var fields = request.body();
        var tags = fields.tags();
        var id = fields.text("id");
        var credential = credential(fields, id);
        if (inFile.test(id)) {
            throw new Problem.Conflict(
                    ProblemCode.ID_TAKEN, "/id", "the credentials file of this node has a credential " + id, List.of());
        }
        var stored =
                Changes.done(credentials.create(credential, tags, clock.instant()), ProblemCode.CREDENTIAL_NOT_FOUND);
        LOG.info("credential {} created", id);
        return Reply.created("/v1/credentials/" + id, view(stored)).at(stored.revision());
    }

    private Reply show(Request request) {
        request.allowQueries();
        var stored = find(request);
        return Reply.ok(view(stored)).at(stored.revision());
    }

    private Reply replace(Request request) {
        request.allowQueries();
        var before = find(request);
        var fields = request.body();
        var id = before.value().id();
        if (!fields.findText("id").orElse(id).equals(id)) {
            throw fields.invalid("id", "the id of a credential cannot be changed");
        }
        var stored = Changes.done(
                credentials.replace(
                        credential(fields, id), fields.tags(), request.revision(before.revision()), clock.instant()),
                ProblemCode.CREDENTIAL_NOT_FOUND);
        LOG.info("credential {} replaced, revision {}", id, stored.revision());
        return Reply.ok(view(stored)).at(stored.revision());
    }

    private Reply delete(Request request) {
        request.allowQueries();
        var stored = find(request);
        var id = stored.value().id();
        Change<SealedCredential> change = credentials.delete(id, request.revision(stored.revision()));
        Changes.done(change, ProblemCode.CREDENTIAL_NOT_FOUND);
        LOG.info("credential {} deleted", id);
        return Reply.empty();
    }

    private Stored<SealedCredential> find(Request request) {
        var id = request.pathPart("id");
        return credentials
                .find(id)
                .orElseThrow(() -> new Problem.NotFound(
                        ProblemCode.CREDENTIAL_NOT_FOUND, "there is no credential with that id in the store"));
    }

    private SealedCredential credential(Fields fields, String id) {
        var plain = new TreeMap<String, String>();
        var secrets = new TreeMap<String, String>();
        var kind = fields.choice("kind", Kind.class);
        switch (kind) {
            case KEYSTONE_APPLICATION_CREDENTIAL -> {
                plain.put("application_credential_id", fields.text("application_credential_id"));
                secrets.put("application_credential_secret", fields.secret("application_credential_secret", 255));
            }
            case KEYSTONE_PASSWORD -> {
                plain.put("username", fields.text("username"));
                plain.put(
                        "user_domain_name", fields.findText("user_domain_name").orElse(DEFAULT_DOMAIN));
                plain.put("project_name", fields.text("project_name"));
                plain.put(
                        "project_domain_name",
                        fields.findText("project_domain_name").orElse(DEFAULT_DOMAIN));
                secrets.put("password", fields.secret("password", 255));
            }
            case SSH_KEY -> {
                var key = fields.secret("private_key", MOST_SECRET);
                if (!key.strip().startsWith("-----BEGIN ")) {
                    throw fields.invalid("private_key", "private_key is a key in PEM form, as ssh-keygen writes it");
                }
                secrets.put("private_key", key);
                if (fields.has("passphrase")) {
                    secrets.put("passphrase", fields.secret("passphrase", 255));
                }
            }
        }
        var name = fields.findText("name").filter(text -> !text.isBlank()).orElse(id);
        fields.tags();
        fields.find("id");
        fields.end(READ_ONLY);
        var word = kind.name().toLowerCase(java.util.Locale.ROOT);
        // Made once without secrets, so that what is wrong with it is said before anything is sealed.
        fields.make(() -> new SealedCredential(id, name, word, plain, new TreeMap<>(), 0));
        var sealing = vault.orElseThrow(Problems::noKey);
        return new SealedCredential(
                id, name, word, plain, sealing.seal(StoredCredentials.owner(id), secrets), sealing.primary());
    }

    private static ObjectNode view(Stored<SealedCredential> stored) {
        var credential = stored.value();
        var document = io.isthmus.store.Json.MAPPER.createObjectNode();
        document.put("id", credential.id());
        document.put("name", credential.name());
        document.put("kind", credential.kind());
        Map<String, String> plain = credential.plain();
        PLAIN.forEach(field -> document.put(field, plain.get(field)));
        var secrets = document.putArray("secrets");
        credential.sealed().keySet().forEach(secrets::add);
        return Reply.withRecord(document, stored);
    }
}
