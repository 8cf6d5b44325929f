package io.qiancheng.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * Rounds, interleaved: whatever else the machine does meanwhile, it does to all of them.
 *
 * <p>A round gives every contestant the same amount of work, one after the other, and each round begins with another of them.
 * A contestant's figure is the median of its rounds; a ratio is the median of the rounds' ratios.
 */
final class Harness {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Harness() {}

    /** Does a number of units of the work, and gives the bytes that its threads allocated. */
    interface Work {
        long run(int units) throws Exception;
    }

    /** A unit of the work. */
    interface Unit {
        void run() throws Exception;
    }

    record Contestant(String name, Work work) {}

    /** What one unit took: processor time of the process and time on the clock in seconds, and bytes of heap. */
    record Sample(double cpu, double wall, double allocated) {}

    /** A contestant's rounds. */
    record Track(String name, List<Sample> samples) {
        double median(ToDoubleFunction<Sample> measure) {
            return middle(samples.stream().mapToDouble(measure).toArray());
        }

        /** How this one compares with another, round by round. */
        double ratio(Track other, ToDoubleFunction<Sample> measure) {
            ToDoubleBiFunction<Sample, Sample> compared =
                    (one, two) -> measure.applyAsDouble(one) / measure.applyAsDouble(two);
            double[] ratios = new double[samples.size()];
            for (int at = 0; at < ratios.length; at++) {
                ratios[at] = compared.applyAsDouble(samples.get(at), other.samples.get(at));
            }
            return middle(ratios);
        }
    }

    /**
     * Rounds that count, rounds before them that warm up compilers and connections, and units in each: enough for a clock of
     * processor time that ticks a hundred times a second.
     */
    record Length(int rounds, int warming, int units) {
        Length quick() {
            return new Length(3, 1, Math.max(1, units / 8));
        }
    }

    /** Lets them run. */
    static List<Track> race(Length length, List<Contestant> contestants) throws Exception {
        List<Track> tracks = new ArrayList<>();
        contestants.forEach(one -> tracks.add(new Track(one.name(), new ArrayList<>())));
        for (int round = -length.warming(); round < length.rounds(); round++) {
            for (int turn = 0; turn < contestants.size(); turn++) {
                int index = Math.floorMod(round + turn, contestants.size());
                // What one leaves behind is not for the next to clear away.
                System.gc();
                Sample sample = timed(length.units(), contestants.get(index).work());
                if (round >= 0) {
                    tracks.get(index).samples().add(sample);
                }
            }
        }
        return tracks;
    }

    private static Sample timed(int units, Work work) throws Exception {
        long cpu = SYSTEM.getProcessCpuTime();
        long wall = System.nanoTime();
        long allocated = work.run(units);
        wall = System.nanoTime() - wall;
        cpu = SYSTEM.getProcessCpuTime() - cpu;
        return new Sample(cpu / 1e9 / units, wall / 1e9 / units, (double) allocated / units);
    }

    /** Work that this thread does, a unit at a time. */
    static Work here(Unit unit) {
        return units -> {
            long before = allocated();
            for (int done = 0; done < units; done++) {
                unit.run();
            }
            return allocated() - before;
        };
    }

    /** What this thread has allocated so far, in bytes. */
    static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static double middle(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
