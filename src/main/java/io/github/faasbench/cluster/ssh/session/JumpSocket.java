package io.github.faasbench.cluster.ssh.session;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/**
 * A connection from a jump host on, as a socket: JSch's own way would open a port on this machine
 * that everybody here could use, and a bare channel has no time limit, by which JSch notices hosts
 * that are gone.
 */
final class JumpSocket extends Socket {
  private final ByteInbox inbox = new ByteInbox();
  private final ChannelDirectTCPIP channel;
  private final OutputStream out;
  private volatile int limitMillis;

  private JumpSocket(Session jump, String host, int port, int connectMillis) throws IOException {
    try {
      channel = (ChannelDirectTCPIP) jump.openChannel("direct-tcpip");
      if (channel == null) {
        throw new IOException("the session with the jump host is down");
      }
      channel.setHost(host);
      channel.setPort(port);
      channel.setOutputStream(inbox);
      out = channel.getOutputStream();
      channel.connect(connectMillis);
    } catch (JSchException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Connects through the jump host. */
  static SocketFactory through(Session jump, int connectMillis) {
    return new SocketFactory() {
      @Override
      public Socket createSocket(String host, int port) throws IOException {
        return new JumpSocket(jump, host, port, connectMillis);
      }

      @Override
      public InputStream getInputStream(Socket socket) throws IOException {
        return socket.getInputStream();
      }

      @Override
      public OutputStream getOutputStream(Socket socket) throws IOException {
        return socket.getOutputStream();
      }
    };
  }

  @Override
  public InputStream getInputStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        long limit = limitMillis;
        return inbox.read(
            into, from, length, limit == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(limit));
      }

      @Override
      public void close() throws IOException {
        JumpSocket.this.close();
      }
    };
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public void setSoTimeout(int millis) {
    limitMillis = millis;
  }

  @Override
  public int getSoTimeout() {
    return limitMillis;
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    // the jump host's connection has it
  }

  @Override
  public void close() throws IOException {
    inbox.close();
    channel.disconnect();
  }
}
