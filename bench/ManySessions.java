import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The floor of {@code bench/many-nodes}: a session to each node of its experiment by JSch alone,
 * eight at a time, password and all.
 *
 * <pre>java -cp target/faasbench.jar bench/ManySessions.java EXPERIMENT</pre>
 */
public final class ManySessions {

  public static void main(String[] args) throws Exception {
    List<Integer> ports =
        Pattern.compile("port: (\\d+)")
            .matcher(Files.readString(Path.of(args[0])))
            .results()
            .map(found -> Integer.parseInt(((MatchResult) found).group(1)))
            .toList();
    JSch jsch = new JSch();
    ExecutorService eight = Executors.newFixedThreadPool(8);
    long begun = System.nanoTime();
    List<Callable<Session>> connects = new ArrayList<>();
    for (int port : ports) {
      connects.add(
          () -> {
            Session session = jsch.getSession("u", "127.0.0.1", port);
            session.setPassword(System.getenv("NODE_PASSWORD"));
            session.setConfig("StrictHostKeyChecking", "no"); // servers of this process
            session.setDaemonThread(true);
            session.connect(15_000);
            return session;
          });
    }
    for (Future<Session> session : eight.invokeAll(connects)) {
      session.get();
    }
    System.out.printf(
        "JSch alone: %d sessions in %.2f s%n", ports.size(), (System.nanoTime() - begun) / 1e9);
    System.exit(0);
  }
}
