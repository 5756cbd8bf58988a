import { spawnSync } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";

/** The calls with which a program reaches another: `-yy` says of what kind the socket is. */
const OPTIONS = ["-f", "-yy", "-s", "0", "-e", "trace=connect,sendto,sendmsg,sendmmsg"];

/** Why nothing can be traced here, in words, or null. */
export function noTraceHere(): string | null {
  if (process.platform !== "linux") return `strace is for Linux, and this is ${process.platform}`;
  const { status, error, stderr } = spawnSync("strace", [...OPTIONS, "-o", "/dev/null", "true"], {
    encoding: "utf8",
  });
  if (error) return "strace is not installed";
  return status === 0 ? null : `strace may trace nothing here: ${stderr.trim()}`;
}

/**
 * The arguments of strace before a program's own, for one that has no sandbox: without stopping at any other call, which
 * is faster and takes from the program what a sandbox is made with.
 */
export const straceArguments = (file: string): string[] => ["--seccomp-bpf", ...OPTIONS, "-o", file];

/** A script that starts a program under strace, with the arguments that it is given itself. */
export async function writeTracer(script: string, program: string, file: string): Promise<void> {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const words = ["strace", ...OPTIONS, "-o", quoted(file), quoted(program)];
  await writeFile(script, `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`);
  await chmod(script, 0o700);
}

/** Something that a traced process has asked of the system. */
export interface Reach {
  call: "connect" | "send";
  socket: "tcp" | "udp" | "unix" | "netlink" | "other";
  /** of a connection: where to; null where strace prints none */
  family: string | null;
  line: string;
}

const SOCKETS: readonly [prefix: string, socket: Reach["socket"]][] = [
  ["TCP", "tcp"],
  ["UDP", "udp"],
  ["UNIX", "unix"],
  ["NETLINK", "netlink"],
];

/**
 * What strace has written down, in its order. A call that another one has interrupted is counted where it begins, which
 * is where its arguments are, and not again where it goes on.
 */
export function readTrace(trace: string): Reach[] {
  return trace.split("\n").flatMap((line): Reach[] => {
    const [, call, rest] =
      /^(?:\[pid +\d+\] |\d+ +)?(connect|sendto|sendmsg|sendmmsg)\((.*)$/.exec(line) ?? [];
    if (call === undefined || rest === undefined) return [];
    const kind = /^\d+<([A-Z]+)/.exec(rest)?.[1] ?? "";
    const family = /sa_family=(\w+)/.exec(rest)?.[1] ?? null;
    return [
      {
        call: call === "connect" ? "connect" : "send",
        socket: SOCKETS.find(([prefix]) => kind.startsWith(prefix))?.[1] ?? "other",
        family,
        line,
      },
    ];
  });
}

/**
 * Chromium asks the kernel whether there is a way to the world by IPv6: it "connects" a datagram socket to this address,
 * which sends nothing, and closes it. No switch turns that off. (net/dns/host_resolver_manager.cc, kIPv6ProbeAddress)
 */
const PROBE = '"2001:4860:4860::8888"';

/** On a connection within this computer. Who has made it is told by its "connect": the test's own debugger, for one. */
const WITHIN = /^[^>]*<TCP(?:v6)?:\[(?:127\.0\.0\.1|\[::1\]):\d+->(?:127\.0\.0\.1|\[::1\]):\d+\]>/;

/**
 * Whether it can have left the computer. The system's own services on it (unix sockets) and the kernel (netlink) are no
 * network. What cannot be read is not taken as harmless.
 */
export function leavesTheComputer({ call, socket, family, line }: Reach): boolean {
  if (socket === "unix" || socket === "netlink") return false;
  if (call === "send") return !WITHIN.test(line);
  // Undoes a connection.
  if (family === "AF_UNSPEC") return false;
  return !(socket === "udp" && family === "AF_INET6" && line.includes(PROBE));
}
