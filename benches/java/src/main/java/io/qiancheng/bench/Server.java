package io.qiancheng.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The other side, {@code qiancheng-bench serve}, in a process of its own: its time is not the client's. */
final class Server implements AutoCloseable {
    private final Process process;
    private final String address;

    private Server(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts one, on one processor if that is wanted. */
    static Server start(String program, Integer core) throws IOException {
        List<String> command = new ArrayList<>(List.of(program, "serve"));
        if (core != null) {
            command.add(core.toString());
        }
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
        String line = new BufferedReader(output).readLine();
        if (line == null) {
            throw new IOException("the server did not start");
        }
        return new Server(process, line.trim());
    }

    String url(String path) {
        return "http://" + address + path;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
