package io.isthmus.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * The embedded database of a node: one SQLite file that one process has open. Writes follow one another on one connection,
 * each durable when its call returns; reads run beside them and see the last committed write.
 */
public final class Database implements AutoCloseable {
    private static final int READERS = 4;
    private static final int BUSY_TIMEOUT_MS = 5_000;

    private final FileChannel lockFile;
    private final HikariDataSource writer;
    private final HikariDataSource readers;
    private final Jdbi writing;
    private final Jdbi reading;
    /** Fair, so that a burst of writers is served in order. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private Database(
            FileChannel lockFile, HikariDataSource writer, HikariDataSource readers, Consumer<String> beforeWriting) {
        this.lockFile = lockFile;
        this.writer = writer;
        this.readers = readers;
        this.writing = Jdbi.create(writer);
        writing.setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                beforeWriting.accept(String.valueOf(context.getRawSql()));
            }
        });
        this.reading = Jdbi.create(readers);
    }

    /** Opens the file, creates it if it is missing, and brings its tables up to date. */
    public static Database open(Path file) {
        return open(file, statement -> {});
    }

    /**
     * The same.
     *
     * @param beforeWriting told each statement that is about to write; what it throws undoes the transaction
     */
    public static Database open(Path file, Consumer<String> beforeWriting) {
        var lockFile = lock(file);
        var writer = pool("writer", file, 1, false);
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(writer)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return new Database(lockFile, writer, pool("readers", file, READERS, true), beforeWriting);
        } catch (RuntimeException cannotOpen) {
            writer.close();
            unlock(lockFile);
            throw cannotOpen;
        }
    }

    /** Reads; sees one committed state for as long as {@code work} runs. */
    public <T> T read(Function<Handle, T> work) {
        return reading.inTransaction(work::apply);
    }

    /** Runs {@code work} as one transaction; everything it wrote is on the disk when this returns, or nothing of it is. */
    public <T> T write(Function<Transaction, T> work) {
        var afterCommit = new ArrayList<Runnable>();
        T result;
        turn.lock();
        try {
            result = writing.inTransaction(sql -> work.apply(new Transaction(sql, afterCommit)));
        } finally {
            turn.unlock();
        }
        afterCommit.forEach(Runnable::run);
        return result;
    }

    /** Whether it answers. */
    public boolean isReadable() {
        try {
            return read(sql -> sql.createQuery("select value from counter where name = 'event'")
                            .mapTo(Long.class)
                            .one())
                    >= 0;
        } catch (RuntimeException broken) {
            return false;
        }
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
        unlock(lockFile);
    }

    private static HikariDataSource pool(String name, Path file, int size, boolean readOnly) {
        var sqlite = new SQLiteConfig(new Properties());
        sqlite.setOpenMode(SQLiteOpenMode.CREATE);
        sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
        sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        sqlite.setBusyTimeout(BUSY_TIMEOUT_MS);
        sqlite.enforceForeignKeys(true);
        sqlite.setTransactionMode(
                readOnly ? SQLiteConfig.TransactionMode.DEFERRED : SQLiteConfig.TransactionMode.IMMEDIATE);
        var source = new SQLiteDataSource(sqlite);
        source.setUrl("jdbc:sqlite:" + file);
        var config = new HikariConfig();
        config.setPoolName("isthmus-" + name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMaxLifetime(0);
        config.setIdleTimeout(0);
        if (readOnly) {
            config.setConnectionInitSql("pragma query_only = true");
        }
        return new HikariDataSource(config);
    }

    /** Two processes on one file would not wake each other; the second one is refused. */
    private static FileChannel lock(Path file) {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            createPrivate(file);
            var channel =
                    FileChannel.open(Path.of(file + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new IllegalStateException("another process has the database open: " + file);
            }
            return channel;
        } catch (IOException cannotLock) {
            throw new UncheckedIOException("the database cannot be opened: " + file, cannotLock);
        }
    }

    private static void createPrivate(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException thisProcessHasIt) {
            return null;
        }
    }

    private static void unlock(FileChannel lockFile) {
        try {
            lockFile.close();
        } catch (IOException cannotUnlock) {
            throw new UncheckedIOException("the database's lock cannot be released", cannotUnlock);
        }
    }
}
