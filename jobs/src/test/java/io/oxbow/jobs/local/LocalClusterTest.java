package io.oxbow.jobs.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.Test;

class LocalClusterTest {

    @SuppressWarnings("try")
    private static LocalCluster ending(CompletableFuture<Void> end) {
        MiniCluster cluster =
                new MiniCluster(new MiniClusterConfiguration.Builder().build()) {
                    @Override
                    public CompletableFuture<Void> closeAsync() {
                        return end;
                    }
                };
        return new LocalCluster(cluster, Duration.ofMillis(10));
    }

    @Test
    void aClusterThatIsSlowToEndFailsNothing() {
        LocalCluster slow = ending(new CompletableFuture<>());

        assertThatCode(slow::close).doesNotThrowAnyException();
    }

    @Test
    void aClusterThatFailsToEndIsSaid() {
        LocalCluster broken =
                ending(CompletableFuture.failedFuture(new IllegalStateException("stuck")));

        assertThatThrownBy(broken::close)
                .isInstanceOf(IOException.class)
                .hasMessage("the local cluster did not end");
    }
}
