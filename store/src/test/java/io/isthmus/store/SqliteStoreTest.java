package io.isthmus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    Stores open() {
        return Stores.open(folder.resolve("isthmus.db"));
    }

    @Test
    void aSecondProcessIsRefused() {
        assertThatThrownBy(this::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another process");
    }

    @Test
    void nobodyElseMayReadTheFile() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("isthmus.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    void everyCommitReachesTheDisk() {
        var pragmas = stores.database()
                .write(transaction -> transaction
                        .sql()
                        .createQuery("select (select synchronous from pragma_synchronous) || ' '"
                                + " || (select journal_mode from pragma_journal_mode) || ' '"
                                + " || (select foreign_keys from pragma_foreign_keys)")
                        .mapTo(String.class)
                        .one());
        assertThat(pragmas).isEqualTo("2 wal 1");
    }
}
