package io.etalon.server.forward;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request whose body was read already, and whose sender and way are known better. */
final class ReadRequest extends HttpServletRequestWrapper {
    private final String sender;
    private final byte @Nullable [] body;

    /** @param body null when it was not read */
    ReadRequest(HttpServletRequest request, String sender, byte @Nullable [] body) {
        super(request);
        this.sender = sender;
        this.body = body;
    }

    @Override
    public String getRemoteAddr() {
        return sender;
    }

    /** That servers speak TLS with each other says nothing of the way from the browser. */
    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public String getScheme() {
        return "http";
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return body == null ? super.getInputStream() : new Body(new ByteArrayInputStream(body));
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream in;

        Body(ByteArrayInputStream in) {
            this.in = in;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return in.read(bytes, offset, length);
        }

        @Override
        public boolean isFinished() {
            return in.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("read by threads that may wait");
        }
    }
}
