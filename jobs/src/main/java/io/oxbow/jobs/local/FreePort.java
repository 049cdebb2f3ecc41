package io.oxbow.jobs.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports that nobody listens on; somebody else may take one before it is bound. */
public final class FreePort {
    private FreePort() {}

    /** One of an address of this machine. */
    public static int of(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }
}
