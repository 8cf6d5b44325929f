package io.qiancheng.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Web applications in one JVM: each with a loader of its own, side by side, reloaded, and gone. */
final class ClassLoaderTest {
    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    /** What an application does; loaded by its own loader, it takes and gives nothing but the JVM's own classes. */
    public static final class Application implements Callable<Boolean> {
        private final String baseUrl;
        private final String username;
        private final String password;
        private final boolean tidy;

        public Application(String baseUrl, String username, String password, Boolean tidy) {
            this.baseUrl = baseUrl;
            this.username = username;
            this.password = password;
            this.tidy = tidy;
        }

        @Override
        public Boolean call() {
            io.qiancheng.QianchengClient client = io.qiancheng.QianchengClient.builder()
                    .baseUrl(baseUrl)
                    .account(username, password)
                    .build();
            boolean listed = client.blacklist().search(People.searching(People.LISTED)).isIn();
            try {
                client.call("no.such", "{}");
                return false;
            } catch (io.qiancheng.InvalidInputException expected) {
                if (tidy) {
                    client.close();
                }
                return listed;
            }
        }
    }

    private static URLClassLoader loader() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (File file : ChildJvm.classPathFiles()) {
            urls.add(file.toURI().toURL());
        }
        // Above it stands the JVM alone: nothing is shared with the tests.
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getSystemClassLoader().getParent());
    }

    @SuppressWarnings("unchecked")
    private static Callable<Boolean> application(ClassLoader loader, boolean tidy) throws Exception {
        Class<?> type = loader.loadClass(Application.class.getName());
        assertNotSame(Application.class, type);
        return (Callable<Boolean>) type.getConstructor(String.class, String.class, String.class, Boolean.class)
                .newInstance(sandbox.baseUrl(), sandbox.username(), sandbox.password(), tidy);
    }

    @Test
    void twoApplicationsUseTheLibraryAtOnce() throws Exception {
        try (URLClassLoader one = loader();
                URLClassLoader other = loader()) {
            Callable<Boolean> first = application(one, false);
            Callable<Boolean> second = application(other, false);
            assertTrue(first.call());
            assertTrue(second.call());
            assertTrue(first.call());
        }
    }

    @Test
    void anApplicationThatIsGoneLeavesNothing() throws Exception {
        int before = Thread.getAllStackTraces().size();
        for (int round = 0; round < 3; round++) {
            WeakReference<ClassLoader> gone = used(true);
            assertNull(collected(gone), "the loader is held by something");
        }
        assertTrue(Thread.getAllStackTraces().size() <= before, "a thread was left behind");
    }

    @Test
    void anApplicationThatForgotToCloseLeavesNothingEither() throws Exception {
        assertNull(collected(used(false)), "the loader is held by something");
    }

    private static WeakReference<ClassLoader> used(boolean tidy) throws Exception {
        try (URLClassLoader loader = loader()) {
            assertEquals(true, application(loader, tidy).call());
            return new WeakReference<>(loader);
        }
    }

    /** What is left of a referent when the collector has had its chances. */
    private static Object collected(WeakReference<?> reference) {
        for (int round = 0; round < 20 && reference.get() != null; round++) {
            System.gc();
        }
        return reference.get();
    }
}
