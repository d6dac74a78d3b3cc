package io.isthmus.store.link;

import io.isthmus.core.link.Link;
import io.isthmus.core.link.LinkSight;
import io.isthmus.store.Database;
import io.isthmus.store.Micros;
import io.isthmus.store.Transaction;
import io.isthmus.store.event.Event;
import io.isthmus.store.event.EventStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;

/** What probes say of links. */
public final class SightStore {
    private final Database database;
    private final EventStore events;

    public SightStore(Database database, EventStore events) {
        this.database = database;
        this.events = events;
    }

    /**
     * Something to keep.
     *
     * @param news what is told with it: an event's kind and data
     */
    public record Seen(Link link, LinkSight sight, Optional<News> news) {}

    /** Something to tell about a link. */
    public record News(String kind, Map<String, String> data) {}

    /** Keeps them all at once; a link that is gone meanwhile is left out. */
    public void keep(List<Seen> seen, Instant now) {
        if (!seen.isEmpty()) {
            database.write(transaction -> {
                seen.forEach(each -> keep(transaction, each, now));
                return seen.size();
            });
        }
    }

    private void keep(Transaction transaction, Seen seen, Instant now) {
        var id = seen.link().id().toString();
        var revision = transaction
                .sql()
                .createQuery("select revision from link where id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .findOne();
        if (revision.isEmpty()) {
            return;
        }
        int changed = bound(transaction, """
                update link_sight set latency_ms = :latency_ms, samples = :samples, at_micros = :at, answers = :answers,
                    slow = :slow
                where link_id = :id""", seen);
        if (changed == 0) {
            bound(transaction, """
                    insert into link_sight (link_id, latency_ms, samples, at_micros, answers, slow)
                    values (:id, :latency_ms, :samples, :at, :answers, :slow)""", seen);
        }
        seen.news().ifPresent(news -> announce(transaction, seen.link(), news, revision.get(), now));
    }

    private static int bound(Transaction transaction, String sql, Seen seen) {
        var sight = seen.sight();
        return transaction
                .sql()
                .createUpdate(sql)
                .bind("id", seen.link().id().toString())
                .bind("latency_ms", sight.latencyMs())
                .bind("samples", sight.samples())
                .bind("at", Micros.of(sight.at()))
                .bind("answers", sight.answers() ? 1 : 0)
                .bind("slow", sight.slow() ? 1 : 0)
                .execute();
    }

    private void announce(Transaction transaction, Link link, News news, long revision, Instant now) {
        var data = new HashMap<>(news.data());
        data.put("name", link.name());
        data.put("a_site", link.aSite().name());
        data.put("z_site", link.zSite().name());
        events.append(
                transaction,
                Event.of("link", news.kind(), link.id().toString(), Optional.empty(), revision, data, now));
    }

    public Map<UUID, LinkSight> all() {
        return database.read(sql -> byLink(sql.createQuery("select * from link_sight")));
    }

    /** Those of these links that were seen. */
    public Map<UUID, LinkSight> of(Collection<UUID> links) {
        if (links.isEmpty()) {
            return Map.of();
        }
        return database.read(sql -> byLink(sql.createQuery("select * from link_sight where link_id in (<ids>)")
                .bindList("ids", links.stream().map(UUID::toString).toList())));
    }

    private static Map<UUID, LinkSight> byLink(Query query) {
        return query.map((row, context) -> Map.entry(UUID.fromString(row.getString("link_id")), sight(row)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static LinkSight sight(ResultSet row) throws SQLException {
        return new LinkSight(
                row.getDouble("latency_ms"),
                row.getInt("samples"),
                Micros.time(row.getLong("at_micros")),
                row.getInt("answers") != 0,
                row.getInt("slow") != 0);
    }
}
