package io.etalon.server.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a process and all that it started said to the kernel about other machines, from {@code strace -f}, and what the kernel's
 * own counters of its network namespace say. Either alone would do; both have to agree.
 *
 * @param outside calls that name an address which is none of the machine's own, as strace prints them
 * @param calls how many calls were seen that connect or send at all
 * @param counters of the namespace, such as {@code Ip.OutNoRoutes}
 */
record NetworkTrace(List<String> outside, int calls, Map<String, Long> counters) {
    /** Asked of the kernel by strace: whatever names a peer. */
    static final String CALLS = "trace=connect,sendto,sendmsg,sendmmsg";

    private static final Pattern CALL = Pattern.compile("\\b(connect|sendto|sendmsg|sendmmsg)\\(");
    private static final Pattern V4 = Pattern.compile("sin_addr=inet_addr\\(\"([0-9.]+)\"\\)");
    private static final Pattern V6 = Pattern.compile("inet_pton\\(AF_INET6, \"([0-9a-fA-F:.]+)\"");

    NetworkTrace {
        outside = List.copyOf(outside);
        counters = Map.copyOf(counters);
    }

    /**
     * @param strace the file that strace wrote
     * @param snmp a copy of {@code /proc/net/snmp} from inside, made after the process ended
     * @param snmp6 a copy of {@code /proc/net/snmp6}
     */
    static NetworkTrace read(Path strace, Path snmp, Path snmp6) throws IOException {
        var outside = new ArrayList<String>();
        var calls = 0;
        for (var line : Files.readAllLines(strace, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            if (CALL.matcher(line).find()) {
                calls++;
                if (isOutside(line)) {
                    outside.add(line);
                }
            }
        }
        return new NetworkTrace(outside, calls, counters(snmp, snmp6));
    }

    static boolean isOutside(String line) {
        return V4.matcher(line)
                        .results()
                        .map(match -> match.group(1))
                        .anyMatch(address -> !address.startsWith("127.") && !address.equals("0.0.0.0"))
                || V6.matcher(line)
                        .results()
                        .map(match -> match.group(1))
                        .anyMatch(address ->
                                !address.equals("::1") && !address.equals("::") && !address.startsWith("::ffff:127."));
    }

    private static Map<String, Long> counters(Path snmp, Path snmp6) throws IOException {
        var counters = new TreeMap<String, Long>();
        var lines = Files.readAllLines(snmp);
        for (var i = 0; i + 1 < lines.size(); i += 2) {
            var names = lines.get(i).split("\\s+", -1);
            var values = lines.get(i + 1).split("\\s+", -1);
            for (var j = 1; j < names.length; j++) {
                counters.put(names[0].replace(":", ".") + names[j], Long.parseLong(values[j]));
            }
        }
        for (var line : Files.readAllLines(snmp6)) {
            var words = line.strip().split("\\s+", -1);
            counters.put(words[0], Long.parseLong(words[1]));
        }
        return counters;
    }

    /** How often a packet had no way to go, in either protocol. */
    long withoutRoute() {
        return counters.getOrDefault("Ip.OutNoRoutes", 0L) + counters.getOrDefault("Ip6OutNoRoutes", 0L);
    }
}
