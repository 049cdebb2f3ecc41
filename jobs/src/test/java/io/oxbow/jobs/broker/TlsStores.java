package io.oxbow.jobs.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A broker's key and certificate, and what its clients need to trust it, made by the JDK's keytool.
 *
 * @param keys PKCS12 store of the broker
 * @param trust PKCS12 store of the clients
 * @param password of both
 */
record TlsStores(Path keys, Path trust, String password) {

    /** Makes a pair whose certificate holds for 127.0.0.1. */
    static TlsStores make(Path folder, String password) throws Exception {
        Path keys = folder.resolve("broker.p12");
        Path trust = folder.resolve("trust.p12");
        Path certificate = folder.resolve("broker.crt");
        keytool(
                folder,
                keys,
                password,
                List.of(
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2"));
        keytool(
                folder,
                keys,
                password,
                List.of("-exportcert", "-alias", "broker", "-file", certificate.toString()));
        keytool(
                folder,
                trust,
                password,
                List.of(
                        "-importcert",
                        "-alias",
                        "broker",
                        "-noprompt",
                        "-file",
                        certificate.toString()));
        return new TlsStores(keys, trust, password);
    }

    private static void keytool(Path folder, Path store, String password, List<String> action)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(action);
        command.addAll(
                List.of(
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        password));
        Path log = folder.resolve("keytool.log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool: " + Files.readString(log));
        }
    }
}
