package io.isthmus.server.keystone;

import io.isthmus.server.api.LogIn;
import io.isthmus.server.api.Problem;
import io.isthmus.server.api.ProblemCode;
import io.isthmus.southbound.openstack.OpenStackOptions;
import io.isthmus.southbound.openstack.PasswordLogIn;
import java.net.URI;

/** Logs people in at the Keystone that knows the callers. */
final class KeystoneLogIn implements LogIn, AutoCloseable {
    private final PasswordLogIn keystone;

    KeystoneLogIn(URI url, OpenStackOptions options) {
        this.keystone = new PasswordLogIn(url, options);
    }

    @Override
    public Given logIn(Person person) throws InterruptedException {
        var asked = new PasswordLogIn.Person(
                person.user(), person.userDomain(), person.password(), person.project(), person.projectDomain());
        return switch (keystone.logIn(asked)) {
            case PasswordLogIn.Answer.Given(var token, var expiresAt) -> new Given(token, expiresAt);
            case PasswordLogIn.Answer.Refused() ->
                throw new Problem.Unauthorized(
                        "Keystone refused: user, domain, password or project is wrong, or the user has no role there");
            case PasswordLogIn.Answer.NotAnswered(var failure) ->
                throw new Problem.Unavailable(ProblemCode.KEYSTONE_UNAVAILABLE, failure.detail(), failure.hint());
        };
    }

    @Override
    public void close() {
        keystone.close();
    }
}
