package io.qiancheng;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the library's objects when Java closes, uses or loses them. */
final class HandleTest {
    private int before;

    @BeforeEach
    void count() {
        Library.load();
        before = Native.count();
    }

    private int held() {
        return Native.count() - before;
    }

    private static Handle make(Object owner, Handle parent) {
        return new Handle(owner, Native.newCancel(), "thing", parent);
    }

    @Test
    void whatIsInUseIsLetGoOfBehindTheLastUse() {
        Handle handle = make(this, null);
        handle.enter();
        handle.enter();
        handle.close();
        handle.leave();
        assertEquals(1, held());
        assertThrows(IllegalStateException.class, handle::enter);
        handle.leave();
        assertEquals(0, held());
    }

    @Test
    void closingTwiceIsClosingOnce() {
        Handle handle = make(this, null);
        handle.close();
        handle.close();
        assertEquals(0, held());
    }

    @Test
    void whatBelongsToItIsClosedWithIt() {
        Handle parent = make(this, null);
        Handle child = make(this, parent);
        Handle grandchild = make(this, child);
        parent.close();
        assertTrue(child.isClosed() && grandchild.isClosed());
        assertEquals(0, held());
    }

    @Test
    void whatIsMadeForSomethingThatIsClosedIsClosed() {
        Handle parent = make(this, null);
        parent.close();
        assertTrue(make(this, parent).isClosed());
        assertEquals(0, held());
    }

    @Test
    void whatIsLostIsLetGoOf() throws InterruptedException {
        for (int lost = 0; lost < 100; lost++) {
            make(new Object(), null);
        }
        // The collector is asked, not waited for by the clock.
        for (int tries = 0; tries < 1000 && held() > 1; tries++) {
            System.gc();
            Thread.yield();
            make(this, null).close();
        }
        assertTrue(held() <= 1, () -> held() + " are held");
    }
}
