package io.oxbow.jobs.devices;

import io.oxbow.compute.Availability;
import io.oxbow.compute.BackendSelector;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.jobs.cli.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the compute backends, best first: available, or why not. */
@Command(name = "devices", description = "List the compute backends: available, or why not.")
public final class DevicesCommand implements Callable<Integer> {
    @Mixin private OutputOptions output;

    /**
     * One backend, as printed.
     *
     * @param device what it runs on, or null
     * @param reason why it does not run, or null
     * @param chosen whether {@code auto} would take it
     */
    record Device(String backend, boolean available, String device, String reason, boolean chosen) {
        String text() {
            return "%-10s %s%s"
                    .formatted(
                            backend,
                            available ? "available: " + device : "not available: " + reason,
                            chosen ? "  (chosen by auto)" : "");
        }
    }

    @Override
    public Integer call() {
        BackendSelector selector = BackendSelector.load(DevicesCommand.class.getClassLoader());
        boolean chosen = false;
        for (ComputeBackend backend : selector.backends()) {
            Availability availability = backend.availability();
            Device device;
            if (availability instanceof Availability.Available yes) {
                device = new Device(backend.name(), true, yes.device(), null, !chosen);
                chosen = true;
            } else {
                String reason = ((Availability.Unavailable) availability).reason();
                device = new Device(backend.name(), false, null, reason, false);
            }
            output.result(device, device.text());
        }
        for (String reason : selector.unloadable()) {
            Device device = new Device("unknown", false, null, reason, false);
            output.result(device, device.text());
        }
        return 0;
    }
}
