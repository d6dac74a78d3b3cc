package io.isthmus.southbound;

import java.util.Optional;

/** What opens a cloud or a gateway. Its text form never shows the secret. */
public sealed interface Credential {

    /** A Keystone user with a password, scoped to a project. */
    record KeystonePassword(
            String username, String password, String userDomainName, String projectName, String projectDomainName)
            implements Credential {
        @Override
        public String toString() {
            return "KeystonePassword[" + username + "@" + projectName + "]";
        }
    }

    /** A Keystone application credential: no password of a person, and only the rights it was given. */
    record ApplicationCredential(String id, String secret) implements Credential {
        @Override
        public String toString() {
            return "ApplicationCredential[" + id + "]";
        }
    }

    /** An SSH private key in OpenSSH's PEM form. */
    record SshKey(String privateKey, Optional<String> passphrase) implements Credential {
        @Override
        public String toString() {
            return "SshKey[]";
        }
    }
}
