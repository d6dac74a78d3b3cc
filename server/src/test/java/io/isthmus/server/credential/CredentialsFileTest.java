package io.isthmus.server.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.isthmus.southbound.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialsFileTest {
    @TempDir
    private Path directory;

    @Test
    void everyKindOfCredentialIsRead() throws IOException {
        Files.writeString(directory.resolve("gw.key"), "-----BEGIN OPENSSH PRIVATE KEY-----");
        var file = write("rw-------", """
                cloud:
                  type: keystone_password
                  username: isthmus
                  password: s3cret
                  project_name: service
                app:
                  type: keystone_application_credential
                  id: abc
                  secret: t0ps3cret
                gateway:
                  type: ssh_key
                  private_key_file: gw.key
                """);
        var credentials = CredentialsFile.read(file);
        assertThat(credentials.find("cloud"))
                .contains(new Credential.KeystonePassword("isthmus", "s3cret", "Default", "service", "Default"));
        assertThat(credentials.find("app")).contains(new Credential.ApplicationCredential("abc", "t0ps3cret"));
        assertThat(credentials.find("gateway")).get().isInstanceOf(Credential.SshKey.class);
        assertThat(credentials.find("other")).isEmpty();
        assertThat(credentials.find("cloud").orElseThrow().toString() + credentials.find("app"))
                .doesNotContain("s3cret");
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws IOException {
        var file = write("rw-r-----", "cloud: {type: ssh_key, private_key_file: x}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CredentialsFile.read(file))
                .withMessageContaining("chmod 600");
    }

    @Test
    void aMissingFieldIsNamedWithItsEntry() throws IOException {
        var file = write("rw-------", "cloud: {type: keystone_password, username: isthmus, password: s3cret}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CredentialsFile.read(file))
                .withMessage("credential cloud has no project_name");
    }

    @Test
    void aMalformedFileIsToldByItsPlaceAndNeverQuoted() throws IOException {
        var file = write("rw-------", "cloud:\n  password: s3cret\n  nonsense: [s3cret\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CredentialsFile.read(file))
                .withMessageContaining("line")
                .withMessageNotContaining("s3cret");
    }

    private Path write(String permissions, String text) throws IOException {
        var file = Files.writeString(directory.resolve("credentials.yaml"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
