package io.isthmus.southbound.frr;

import java.net.SocketAddress;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.jspecify.annotations.Nullable;

/** Lets one session go on only with the host key that the gateway's site names. */
final class HostKeyCheck {
    private static final AttributeKey<HostKeyCheck> KEY = new AttributeKey<>();

    /** Asks for a key of the expected type: a gateway may have several. */
    static final SessionListener LISTENER = new SessionListener() {
        @Override
        public void sessionNegotiationOptionsCreated(Session session, Map<KexProposalOption, String> proposal) {
            of(session).ifPresent(check -> proposal.put(KexProposalOption.SERVERKEYS, check.algorithms()));
        }

        @Override
        public void sessionNegotiationStart(
                Session session,
                Map<KexProposalOption, String> clientProposal,
                Map<KexProposalOption, String> serverProposal) {
            of(session)
                    .ifPresent(
                            check -> check.offered(serverProposal.getOrDefault(KexProposalOption.SERVERKEYS, "none")));
        }
    };

    private final FrrManagement management;
    private volatile @Nullable String mismatch;

    HostKeyCheck(FrrManagement management) {
        this.management = management;
    }

    /** Goes along with a session from before its first byte. */
    AttributeRepository context() {
        return AttributeRepository.ofKeyValuePair(KEY, this);
    }

    /** What the gateway showed instead of the expected key, if it came to that. */
    Optional<String> mismatch() {
        return Optional.ofNullable(mismatch);
    }

    static boolean verify(ClientSession session, SocketAddress address, PublicKey shown) {
        return of(session).map(check -> check.accepts(shown)).orElse(false);
    }

    private boolean accepts(PublicKey shown) {
        if (KeyUtils.compareKeys(management.hostPublicKey(), shown)) {
            return true;
        }
        mismatch = KeyUtils.getKeyType(shown) + " " + KeyUtils.getFingerPrint(shown);
        return false;
    }

    private void offered(String types) {
        var wanted = java.util.List.of(algorithms().split(",", -1));
        if (java.util.Arrays.stream(types.split(",", -1)).noneMatch(wanted::contains)) {
            mismatch = "keys of other types only: " + types;
        }
    }

    private String algorithms() {
        var type = management.hostKeyType();
        return type.equals("ssh-rsa") ? "rsa-sha2-512,rsa-sha2-256" : type;
    }

    private static Optional<HostKeyCheck> of(Session session) {
        return session instanceof ClientSession client
                ? Optional.ofNullable(client.getConnectionContext().getAttribute(KEY))
                : Optional.empty();
    }
}
