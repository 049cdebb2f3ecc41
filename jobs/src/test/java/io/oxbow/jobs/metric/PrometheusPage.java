package io.oxbow.jobs.metric;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus would read of a program: names of metrics, and their values added up over labels.
 */
final class PrometheusPage {
    private static final Pattern LINE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*})? ([-+0-9.eEInfNa]+)( \\d+)?");

    private final Map<String, Double> sums = new TreeMap<>();

    private PrometheusPage() {}

    static PrometheusPage read(int port) throws IOException, InterruptedException {
        HttpResponse<String> response =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create("http://127.0.0.1:" + port + "/metrics"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        PrometheusPage page = new PrometheusPage();
        response.body().lines().forEach(page::add);
        return page;
    }

    private void add(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!line.startsWith("#") && matcher.matches()) {
            sums.merge(matcher.group(1), Double.parseDouble(matcher.group(3)), Double::sum);
        }
    }

    Set<String> names() {
        return new TreeSet<>(sums.keySet());
    }

    /** NaN if there is none of that name. */
    double sum(String name) {
        return sums.getOrDefault(name, Double.NaN);
    }
}
