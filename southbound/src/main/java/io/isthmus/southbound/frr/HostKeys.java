package io.isthmus.southbound.frr;

import java.net.SocketAddress;
import java.security.PublicKey;
import java.util.Map;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/** Lets a session go on only with the host key that the gateway's site names. */
final class HostKeys {
    private static final AttributeKey<FrrManagement> EXPECTED = new AttributeKey<>();
    private static final AttributeKey<String> SHOWN = new AttributeKey<>();

    /** Asks for a key of the expected type: a gateway may have several. */
    static final SessionListener LISTENER = new SessionListener() {
        @Override
        public void sessionNegotiationOptionsCreated(Session session, Map<KexProposalOption, String> proposal) {
            if (session instanceof ClientSession client) {
                proposal.put(KexProposalOption.SERVERKEYS, algorithms(expected(client)));
            }
        }

        @Override
        public void sessionNegotiationEnd(
                Session session,
                Map<KexProposalOption, String> clientProposal,
                Map<KexProposalOption, String> serverProposal,
                Map<KexProposalOption, String> negotiated,
                Throwable reason) {
            if (!negotiated.containsKey(KexProposalOption.SERVERKEYS)) {
                session.setAttribute(
                        SHOWN,
                        "only keys of type " + serverProposal.getOrDefault(KexProposalOption.SERVERKEYS, "none"));
            }
        }
    };

    private HostKeys() {}

    /** Goes along with the session from before its first byte. */
    static AttributeRepository context(FrrManagement management) {
        return AttributeRepository.ofKeyValuePair(EXPECTED, management);
    }

    static boolean verify(ClientSession session, SocketAddress address, PublicKey shown) {
        if (KeyUtils.compareKeys(expected(session).hostPublicKey(), shown)) {
            return true;
        }
        session.setAttribute(SHOWN, KeyUtils.getKeyType(shown) + " " + KeyUtils.getFingerPrint(shown));
        return false;
    }

    /** What the other side showed instead of the expected key, if it came to that. */
    static java.util.Optional<String> mismatch(ClientSession session) {
        return java.util.Optional.ofNullable(session.getAttribute(SHOWN));
    }

    private static FrrManagement expected(ClientSession session) {
        return session.getConnectionContext().getAttribute(EXPECTED);
    }

    private static String algorithms(FrrManagement management) {
        var type = management.hostKeyType();
        return type.equals("ssh-rsa") ? "rsa-sha2-512,rsa-sha2-256" : type;
    }
}
