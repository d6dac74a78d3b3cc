package io.isthmus.store.credential;

import io.isthmus.core.site.Gateway;
import io.isthmus.core.site.Site;
import io.isthmus.store.Change;
import io.isthmus.store.Database;
import io.isthmus.store.Json;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Listing;
import io.isthmus.store.Micros;
import io.isthmus.store.Stored;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import tools.jackson.core.type.TypeReference;

/** Credentials, sealed. Nothing here can open one. */
public final class CredentialStore {
    private static final TypeReference<SortedMap<String, String>> TEXTS = new TypeReference<>() {};
    private static final Listing LISTING =
            Listing.of("credential").with("name", Listing.Type.TEXT).with("kind", Listing.Type.TEXT);

    private final Database database;

    public CredentialStore(Database database) {
        this.database = database;
    }

    /** The fields that a list may be searched and sorted by. */
    public static Set<String> listFields() {
        return LISTING.fields();
    }

    /** {@link Change.Done} or {@link Change.Exists}. */
    public Change<SealedCredential> create(SealedCredential credential, List<String> tags, Instant now) {
        return database.write(transaction -> {
            var there = find(transaction.sql(), credential.id());
            if (there.isPresent()) {
                return new Change.Exists<>(there.get());
            }
            var stored = Stored.first(credential, tags, now);
            bound(transaction.sql().createUpdate("""
                    insert into credential (id, name, kind, plain, sealed, key_id, tags, created_micros,
                        updated_micros, revision)
                    values (:id, :name, :kind, :plain, :sealed, :key, :tags, :created, :updated, :revision)"""), stored).execute();
            return new Change.Done<>(stored);
        });
    }

    public Optional<Stored<SealedCredential>> find(String id) {
        return database.read(sql -> find(sql, id));
    }

    public List<Stored<SealedCredential>> list(ListQuery query) {
        return database.read(sql -> LISTING.select(sql, query, (row, context) -> credential(row)));
    }

    /** {@link Change.Done}, {@link Change.Missing} or {@link Change.Stale}. */
    public Change<SealedCredential> replace(
            SealedCredential credential, List<String> tags, long revision, Instant now) {
        return database.write(transaction -> {
            var there = find(transaction.sql(), credential.id());
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            if (there.get().revision() != revision) {
                return new Change.Stale<>(there.get().revision());
            }
            var stored = there.get().next(credential, tags, now);
            bound(transaction.sql().createUpdate("""
                    update credential set name = :name, kind = :kind, plain = :plain, sealed = :sealed, key_id = :key,
                        tags = :tags, created_micros = :created, updated_micros = :updated, revision = :revision
                    where id = :id and revision = :revision - 1"""), stored).execute();
            return new Change.Done<>(stored);
        });
    }

    /** Puts the same secrets, sealed by another key, in place of those of {@code revision}; answers whether it did. */
    public boolean reseal(SealedCredential credential, long revision) {
        return database.write(transaction -> transaction
                        .sql()
                        .createUpdate("""
                update credential set sealed = :sealed, key_id = :key where id = :id and revision = :revision""")
                        .bind("sealed", Json.write(credential.sealed()))
                        .bind("key", credential.keyId())
                        .bind("id", credential.id())
                        .bind("revision", revision)
                        .execute()
                == 1);
    }

    /** {@link Change.Done}, {@link Change.Missing}, {@link Change.Stale}, or {@link Change.InUse} by sites. */
    public Change<SealedCredential> delete(String id, long revision) {
        return database.write(transaction -> {
            var sql = transaction.sql();
            var there = find(sql, id);
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            if (there.get().revision() != revision) {
                return new Change.Stale<>(there.get().revision());
            }
            var users = users(sql, id);
            if (!users.isEmpty()) {
                return new Change.InUse<>("site", users);
            }
            sql.execute("delete from credential where id = ?", id);
            return new Change.Done<>(there.get());
        });
    }

    private static List<String> users(Handle sql, String id) {
        return sql.createQuery("select document from site order by id").mapTo(String.class).stream()
                .map(document -> Json.read(document, Site.class))
                .filter(site -> site.cloud().credentialId().equals(id)
                        || site.gateways().stream().anyMatch(gateway -> names(gateway, id)))
                .map(site -> site.id().name())
                .toList();
    }

    private static boolean names(Gateway gateway, String id) {
        return id.equals(gateway.management().get("credential_id"));
    }

    private static Optional<Stored<SealedCredential>> find(Handle sql, String id) {
        return sql.createQuery("select * from credential where id = :id")
                .bind("id", id)
                .map((row, context) -> credential(row))
                .findOne();
    }

    private static Update bound(Update update, Stored<SealedCredential> stored) {
        var credential = stored.value();
        return update.bind("id", credential.id())
                .bind("name", credential.name())
                .bind("kind", credential.kind())
                .bind("plain", Json.write(credential.plain()))
                .bind("sealed", Json.write(credential.sealed()))
                .bind("key", credential.keyId())
                .bind("tags", Json.write(stored.tags()))
                .bind("created", Micros.of(stored.createdAt()))
                .bind("updated", Micros.of(stored.updatedAt()))
                .bind("revision", stored.revision());
    }

    private static Stored<SealedCredential> credential(ResultSet row) throws SQLException {
        return new Stored<>(
                new SealedCredential(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("kind"),
                        Json.read(row.getString("plain"), TEXTS),
                        Json.read(row.getString("sealed"), TEXTS),
                        row.getLong("key_id")),
                Micros.time(row.getLong("created_micros")),
                Micros.time(row.getLong("updated_micros")),
                row.getLong("revision"),
                Json.readStrings(row.getString("tags")));
    }
}
