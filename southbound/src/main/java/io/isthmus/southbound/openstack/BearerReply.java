package io.isthmus.southbound.openstack;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keystone's answer to the question who bears a token, as far as it is read. */
record BearerReply(Token token) {
    BearerReply {
        Objects.requireNonNull(token, "token");
    }

    record Token(
            @JsonProperty("expires_at") Instant expiresAt,
            Named user,
            Optional<Named> project,
            Optional<Named> domain,
            Optional<WholeSystem> system,
            List<Role> roles) {
        Token {
            Objects.requireNonNull(expiresAt, "expires_at");
            Objects.requireNonNull(user, "user");
            roles = Absent.asEmpty(roles);
        }

        private TokenBearer.Scope scope() {
            if (project.isPresent()) {
                return new TokenBearer.Scope.Project(project.get().id);
            }
            if (system.isPresent() && system.get().all) {
                return new TokenBearer.Scope.Everything();
            }
            return domain.<TokenBearer.Scope>map(named -> new TokenBearer.Scope.Domain(named.id))
                    .orElseGet(TokenBearer.Scope.Nothing::new);
        }
    }

    record Named(String id) {
        Named {
            if (id == null || id.isEmpty()) {
                throw new IllegalArgumentException("an id is missing");
            }
        }
    }

    record WholeSystem(boolean all) {}

    record Role(String name) {
        Role {
            Objects.requireNonNull(name, "name");
        }
    }

    TokenBearer bearer() {
        return new TokenBearer(
                token.user.id,
                token.scope(),
                token.roles.stream().map(Role::name).collect(Collectors.toUnmodifiableSet()),
                token.expiresAt);
    }
}
