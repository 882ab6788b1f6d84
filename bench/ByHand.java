import com.jcraft.jsch.ChannelDirectStreamLocal;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Floors: what the gateway does on a node, made by hand with JSch and the Engine API alone, over
 * SSH-forwarded connections to the engine's socket that are open before. Prints seconds, a call a
 * line.
 *
 * <pre>
 * java -cp target/faasbench.jar bench/ByHand.java line PORT CONTAINER CALLS
 *     a line to the waiting process of a container and back: from its writing to the answer's arrival
 * java -cp target/faasbench.jar bench/ByHand.java cold PORT IMAGE CALLS
 *     create, attach, wait, start, to the word of the end; then inspect and remove, not counted
 * </pre>
 */
public final class ByHand {

  public static void main(String[] args) throws Exception {
    JSch jsch = new JSch();
    jsch.addIdentity(".faasbench/id_ed25519");
    Session session = jsch.getSession("sshuser", "127.0.0.1", Integer.parseInt(args[1]));
    session.setConfig("StrictHostKeyChecking", "no"); // a node of this machine, made for this
    session.connect();
    int calls = Integer.parseInt(args[3]);
    double[] seconds =
        args[0].equals("line") ? lines(session, args[2], calls) : colds(session, args[2], calls);
    for (double second : seconds) {
      System.out.println(second);
    }
    session.disconnect();
  }

  private static double[] lines(Session session, String container, int calls) throws Exception {
    Wire wire = new Wire(session);
    wire.request("POST", "/containers/" + container + "/attach?stream=1&stdin=1&stdout=1", "", true);
    wire.until("\r\n\r\n");
    double[] seconds = new double[calls];
    for (int id = 1; id <= calls; id++) {
      long begun = System.nanoTime();
      wire.send("{\"id\":" + id + ",\"args\":[\"10\"]}\n");
      seconds[id - 1] = (wire.until("\n") - begun) / 1e9;
    }
    return seconds;
  }

  private static double[] colds(Session session, String image, int calls) throws Exception {
    double[] seconds = new double[calls];
    Wire calling = new Wire(session);
    for (int i = 0; i < calls; i++) {
      Wire attached = new Wire(session);
      Wire waiting = new Wire(session);
      String body =
          "{\"Image\":\""
              + image
              + "\",\"Entrypoint\":[\"\"],\"Cmd\":[\"true\"],\"HostConfig\":{\"NetworkMode\":\"bridge\","
              + "\"LogConfig\":{\"Type\":\"none\"}}}";
      long begun = System.nanoTime();
      calling.request("POST", "/containers/create", body, false);
      calling.until("}\n");
      String path = "/containers/" + calling.text().split("\"Id\":\"")[1].split("\"")[0];
      attached.request("POST", path + "/attach?stream=1&stdout=1&stderr=1", "", true);
      waiting.request("POST", path + "/wait?condition=next-exit", "", false);
      attached.until("\r\n\r\n");
      waiting.until("\r\n\r\n");
      calling.request("POST", path + "/start", "", false);
      calling.until("\r\n\r\n");
      seconds[i] = (waiting.until("}\n") - begun) / 1e9;
      calling.request("GET", path + "/json", "", false);
      calling.until("}\n");
      calling.request("DELETE", path + "?force=1&v=1", "", false);
      calling.until("\r\n\r\n");
      attached.close();
      waiting.close();
    }
    return seconds;
  }

  /** One connection to the engine, and the moments when its bytes came. */
  private static final class Wire extends OutputStream {
    private final ChannelDirectStreamLocal channel;
    private final OutputStream out;
    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private String text = "";

    private record Arrival(String text, long nanos) {}

    Wire(Session session) throws JSchException, IOException {
      channel = (ChannelDirectStreamLocal) session.openChannel("direct-streamlocal@openssh.com");
      channel.setSocketPath("/var/run/docker.sock");
      channel.setOutputStream(this);
      out = channel.getOutputStream();
      channel.connect();
    }

    void request(String method, String path, String body, boolean upgrade) throws IOException {
      send(
          method
              + " /v1.41"
              + path
              + " HTTP/1.1\r\nHost: docker\r\nContent-Type: application/json\r\n"
              + (upgrade ? "Connection: Upgrade\r\nUpgrade: tcp\r\n" : "")
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }

    void send(String line) throws IOException {
      text = "";
      out.write(line.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    /** When so much has come that it holds that; later bytes are kept for the next question. */
    long until(String mark) throws InterruptedException {
      long last = 0;
      while (!text.contains(mark)) {
        Arrival next = arrivals.take();
        text += next.text();
        last = next.nanos();
      }
      if (mark.startsWith("\r")) {
        text = text.substring(text.indexOf(mark) + mark.length());
      }
      return last;
    }

    String text() {
      return text;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      long now = System.nanoTime();
      arrivals.add(new Arrival(new String(bytes, from, length, StandardCharsets.UTF_8), now));
    }

    @Override
    public void close() {
      channel.disconnect();
    }
  }
}
