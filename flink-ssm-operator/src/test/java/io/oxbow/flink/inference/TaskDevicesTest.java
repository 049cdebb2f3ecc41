package io.oxbow.flink.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.TaskInfoImpl;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.junit.jupiter.api.Test;

class TaskDevicesTest {

    @Test
    void takesTheTasksNumberWhereFlinkGivesNoDevices() {
        assertThat(TaskDevices.ofTask(task(3, List.of()), "gpu")).isEqualTo(3);
    }

    @Test
    void takesDevicesThatFlinkGivesInTurn() {
        List<ExternalResourceInfo> given = List.of(device("6"), device("2"));

        assertThat(TaskDevices.ofTask(task(0, given), "gpu")).isEqualTo(2);
        assertThat(TaskDevices.ofTask(task(1, given), "gpu")).isEqualTo(6);
        assertThat(TaskDevices.ofTask(task(2, given), "gpu")).isEqualTo(2);
    }

    @Test
    void namesTheResourceWhoseIndexIsNoNumber() {
        assertThatThrownBy(() -> TaskDevices.ofTask(task(0, List.of(device("MIG-7"))), "gpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'gpu'")
                .hasMessageContaining("'MIG-7'")
                .hasMessageContaining("external-resource.gpu.driver-factory.class");
    }

    private static RuntimeContext task(int number, List<ExternalResourceInfo> given) {
        return (RuntimeContext)
                Proxy.newProxyInstance(
                        TaskDevicesTest.class.getClassLoader(),
                        new Class<?>[] {RuntimeContext.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "getTaskInfo" -> new TaskInfoImpl("task", 8, number, 8, 0);
                                    case "getExternalResourceInfos" -> named(arguments[0], given);
                                    default -> throw new UnsupportedOperationException();
                                });
    }

    private static Set<ExternalResourceInfo> named(Object name, List<ExternalResourceInfo> given) {
        return "gpu".equals(name) ? new HashSet<>(given) : Set.of();
    }

    private static ExternalResourceInfo device(String index) {
        return new ExternalResourceInfo() {
            @Override
            public Optional<String> getProperty(String key) {
                return "index".equals(key) ? Optional.of(index) : Optional.empty();
            }

            @Override
            public Collection<String> getKeys() {
                return List.of("index");
            }
        };
    }
}
