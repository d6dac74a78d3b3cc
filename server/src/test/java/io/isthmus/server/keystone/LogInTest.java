package io.isthmus.server.keystone;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.southbound.openstack.FakeKeystone;
import io.isthmus.southbound.openstack.Fault;
import io.isthmus.southbound.openstack.OpenStackOptions;
import io.isthmus.southbound.openstack.PasswordLogIn;
import io.isthmus.southbound.openstack.PasswordLogIn.Answer;
import io.isthmus.southbound.openstack.PasswordLogIn.Person;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LogInTest {
    private final FakeKeystone keystone = new FakeKeystone().withPerson("ann", "dearest secret", "demo", "member");
    private final PasswordLogIn logIn = new PasswordLogIn(
            keystone.authUrl(),
            OpenStackOptions.DEFAULTS.withTimeouts(
                    Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(8)));

    @AfterEach
    void stop() {
        logIn.close();
        keystone.close();
    }

    private Answer with(String password, String project) throws InterruptedException {
        return logIn.logIn(new Person("ann", "Default", password, project, "Default"));
    }

    @Test
    void aPersonGetsATokenForNameAndPassword() throws InterruptedException {
        var given = with("dearest secret", "demo");
        assertThat(given).isInstanceOf(Answer.Given.class);
        assertThat(((Answer.Given) given).token()).isNotEmpty();
        assertThat(given.toString()).doesNotContain(((Answer.Given) given).token());
    }

    @Test
    void aWrongPasswordAndAForeignProjectAreRefusedAlike() throws InterruptedException {
        assertThat(with("guess", "demo")).isEqualTo(new Answer.Refused());
        assertThat(with("dearest secret", "elsewhere")).isEqualTo(new Answer.Refused());
    }

    @Test
    void aKeystoneThatFailsIsToldWithoutThePassword() throws InterruptedException {
        keystone.failNext(Fault.ERROR_500, 9);
        assertThat(with("dearest secret", "demo"))
                .isInstanceOfSatisfying(
                        Answer.NotAnswered.class,
                        answer -> assertThat(answer.failure().detail())
                                .contains("Keystone at", "500")
                                .doesNotContain("dearest"));
    }
}
